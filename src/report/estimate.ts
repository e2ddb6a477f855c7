/**
 * Estimates the cost of a plan from the cost of an earlier run.
 *
 * The requests of a case itself are known by clause. Resources are shared: a part of a plan needs as many at the same time
 * as the whole plan, and recreates fewer of them.
 */
import type { Baseline, ClauseFigures, Deviation, Measured, SetFigures } from '../records/baseline.ts';
import type { Estimate, EstimateBaseline } from '../records/plan.ts';
import { add, countOf, none, type ResourceCounts } from '../resources/resource-counts.ts';

export interface EstimateOptions {
  readonly kind: EstimateBaseline['kind'];
  /** Cases at the same time. */
  readonly concurrency: number;
  readonly requestsPerSecond?: number | undefined;
}

/** `clauses`: the clause id of every case. */
export function estimate(clauses: readonly string[], baseline: Baseline, options: EstimateOptions): Estimate {
  const { measured, checked } = baseline;
  const known = clauses.flatMap((clause) => baseline.clauses[clause] ?? []);
  const unknown = clauses.length - known.length;
  const counted = known.length > 0 ? known : Object.values(baseline.clauses);
  const grown = counted.length === 0 ? 0 : clauses.length / counted.length;
  const sum = sumOf(counted, grown);
  const created = createdFor(sum, baseline, options.concurrency);
  const always = clauses.length === 0 ? 0 : measured.always;
  const requests = Math.round(always + sum.requests + unseen(measured, created, total(sum.taken)));
  const part = requests / Math.max(1, measured.requests);
  const rateLimitedMs = options.requestsPerSecond === undefined ? 0 : (requests / options.requestsPerSecond) * 1000;
  const workMs = measured.startMs + (measured.durationMs - measured.startMs) * part;
  const { run, target, at, cases } = measured;
  return {
    requests,
    created: Object.fromEntries(Object.entries(created).map(([type, count]) => [type, Math.round(count)])),
    durationMs: clauses.length === 0 ? 0 : Math.round(Math.max(workMs, rateLimitedMs)),
    targetMs: Math.round(measured.targetMs * part),
    ownCpuMs: Math.round(measured.ownCpuMs * part),
    baseline: { kind: options.kind, run, target, at, cases, ...(checked && { checked }) },
    unknown,
  };
}

/** The relative error of an estimate. */
export function deviationOf(estimated: Estimate, measured: Measured): Deviation {
  const error = (seen: number, real: number): number =>
    Math.round((Math.abs(seen - real) / Math.max(1, real)) * 100) / 100;
  const types = Object.keys({ ...estimated.created, ...measured.created });
  return {
    runs: 1,
    requests: error(estimated.requests, measured.requests),
    created: Object.fromEntries(
      types.map((type) => [type, error(countOf(estimated.created, type), countOf(measured.created, type))]),
    ),
    durationMs: error(estimated.durationMs, measured.durationMs),
  };
}

interface Sum {
  readonly requests: number;
  /** By resource type. */
  readonly taken: ResourceCounts;
  readonly fresh: ResourceCounts;
  /** How many cases need each set. */
  readonly sets: Readonly<Record<string, number>>;
}

function sumOf(figures: readonly ClauseFigures[], grown: number): Sum {
  const merged = (of: (one: ClauseFigures) => ResourceCounts | undefined): ResourceCounts => {
    const sums: Record<string, number> = {};
    for (const one of figures) {
      for (const [key, part] of Object.entries(of(one) ?? {})) sums[key] = (sums[key] ?? 0) + part * grown;
    }
    return sums;
  };
  return {
    requests: figures.reduce((sum, { requests }) => sum + requests, 0) * grown,
    taken: merged(({ taken }) => taken),
    fresh: merged(({ fresh }) => fresh),
    sets: merged(({ sets }) => sets),
  };
}

/** The members of the sets that are needed, what is pooled with them, and what cases lease from pools. */
function createdFor({ taken, fresh, sets }: Sum, baseline: Baseline, concurrency: number): ResourceCounts {
  const shared = Object.entries(sets).flatMap(([key, cases]) => {
    const figures = baseline.sets[key];
    return figures ? membersOf(figures, cases) : [];
  });
  const leased = Object.entries(taken).map(([type, count]) => {
    const own = countOf(fresh, type);
    return { [type]: own + atTheStart(count, own, measuredTaken(baseline, type), concurrency) };
  });
  return [...shared, ...leased].reduce(add, none);
}

/** How often the cases of the measured run leased a resource of one type: its part of what they leased. */
function measuredTaken({ measured, clauses }: Baseline, type: string): number {
  const parts = Object.values(clauses).map(({ taken = {} }) => taken);
  const all = parts.reduce((sum, one) => sum + total(one), 0);
  const own = parts.reduce((sum, one) => sum + countOf(one, type), 0);
  return all === 0 ? 0 : (measured.taken * own) / all;
}

/** At most as many at the same time as were measured, and a proportional part of those that were recreated later. */
function membersOf(
  { type, created, atOnce, pooled, cases: all }: SetFigures,
  cases: number,
): readonly ResourceCounts[] {
  const first = Math.min(Math.ceil(cases), atOnce);
  const later = all > atOnce ? ((created - atOnce) * Math.max(0, cases - first)) / (all - atOnce) : 0;
  const members = first + later;
  const connected = Object.entries(pooled).map(([other, count]) => ({
    [other]: (count / Math.max(1, created)) * members,
  }));
  return [{ [type]: members }, ...connected];
}

/** Cases that start at the same time cannot reuse each other's resources; a whole plan already includes that. */
function atTheStart(taken: number, fresh: number, all: number, concurrency: number): number {
  if (taken === 0) return 0;
  return Math.min(concurrency, taken) * (1 - fresh / taken) * Math.max(0, 1 - taken / Math.max(1, all));
}

/** Creating, awaiting and removing a resource takes about this many times the requests of resetting a pooled one. */
const resetsPerResource = 4;

/** Requests outside of cases. */
function unseen(measured: Measured, created: ResourceCounts, taken: number): number {
  const all = total(measured.created) * resetsPerResource + measured.taken;
  return all === 0 ? 0 : (measured.unseen * (total(created) * resetsPerResource + taken)) / all;
}

function total(counts: ResourceCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
