/**
 * Estimates the cost of a plan from the cost of an earlier run.
 *
 * The requests of a case itself are known by clause. Servers and volumes are shared: a part of a plan needs as many at
 * the same time as the whole plan, and recreates fewer of them.
 */
import type { Baseline, ClauseFigures, Deviation, Measured, SetFigures } from '../records/baseline.ts';
import type { Estimate, EstimateBaseline } from '../records/plan.ts';

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
  const counted = known.length > 0 ? known : averageOf(baseline);
  const grown = counted.length === 0 ? 0 : clauses.length / counted.length;
  const { requests: own, taken, fresh, sets } = sumOf(counted, grown);
  const shared = Object.entries(sets).flatMap(([label, cases]) => {
    const figures = baseline.sets[label];
    return figures ? [thingsOf(figures, cases)] : [];
  });
  const servers = shared.reduce((sum, one) => sum + one.servers, 0);
  const ownVolumes = fresh + atTheStart(taken, fresh, measured.taken, options.concurrency);
  const volumes = shared.reduce((sum, one) => sum + one.volumes, 0) + ownVolumes;
  const always = clauses.length === 0 ? 0 : measured.always;
  const requests = Math.round(always + own + unseen(baseline, { servers, volumes, taken }));
  const part = requests / Math.max(1, measured.requests);
  const rateLimitedMs = options.requestsPerSecond === undefined ? 0 : (requests / options.requestsPerSecond) * 1000;
  const workMs = measured.startMs + (measured.durationMs - measured.startMs) * part;
  const { run, target, at, cases } = measured;
  return {
    requests,
    servers: Math.round(servers),
    volumes: Math.round(volumes),
    durationMs: clauses.length === 0 ? 0 : Math.round(Math.max(workMs, rateLimitedMs)),
    targetMs: Math.round(measured.targetMs * part),
    ownCpuMs: Math.round(measured.ownCpuMs * part),
    baseline: { kind: options.kind, run, target, at, cases, ...(checked && { checked }) },
    unknown,
  };
}

/** The relative error of an estimate. */
export function deviationOf(estimated: Estimate, measured: Measured): Deviation {
  const part = (key: 'requests' | 'servers' | 'volumes' | 'durationMs'): number =>
    Math.round((Math.abs(estimated[key] - measured[key]) / Math.max(1, measured[key])) * 100) / 100;
  return {
    runs: 1,
    requests: part('requests'),
    servers: part('servers'),
    volumes: part('volumes'),
    durationMs: part('durationMs'),
  };
}

interface Sum {
  readonly requests: number;
  readonly taken: number;
  readonly fresh: number;
  /** How many cases need each set. */
  readonly sets: Readonly<Record<string, number>>;
}

function sumOf(figures: readonly ClauseFigures[], grown: number): Sum {
  const total = (of: (one: ClauseFigures) => number): number => figures.reduce((sum, one) => sum + of(one), 0) * grown;
  const sets: Record<string, number> = {};
  for (const one of figures) {
    for (const [label, part] of Object.entries(one.sets ?? {})) sets[label] = (sets[label] ?? 0) + part * grown;
  }
  return { requests: total((one) => one.requests), taken: total(takenBy), fresh: total((one) => one.fresh ?? 0), sets };
}

function takenBy({ taken }: ClauseFigures): number {
  return taken ?? 0;
}

/** At most as many at the same time as were measured, and a proportional part of those that were recreated later. */
function thingsOf(
  { servers: made, atOnce, volumes, cases: all }: SetFigures,
  cases: number,
): { readonly servers: number; readonly volumes: number } {
  const first = Math.min(Math.ceil(cases), atOnce);
  const later = all > atOnce ? ((made - atOnce) * Math.max(0, cases - first)) / (all - atOnce) : 0;
  const servers = first + later;
  return { servers, volumes: (volumes / Math.max(1, made)) * servers };
}

/** Cases that start at the same time cannot reuse each other's volumes; a whole plan already includes that. */
function atTheStart(taken: number, fresh: number, all: number, concurrency: number): number {
  if (taken === 0) return 0;
  return Math.min(concurrency, taken) * (1 - fresh / taken) * Math.max(0, 1 - taken / Math.max(1, all));
}

/** Creating, awaiting and removing a resource takes about this many times the requests of resetting a volume. */
const resetsPerResource = 4;

/** Requests outside of cases. */
function unseen(
  { measured }: Baseline,
  { servers, volumes, taken }: Readonly<Record<'servers' | 'volumes' | 'taken', number>>,
): number {
  const all = (measured.servers + measured.volumes) * resetsPerResource + measured.taken;
  return all === 0 ? 0 : (measured.unseen * ((servers + volumes) * resetsPerResource + taken)) / all;
}

/** Used where no clause is known: each case counts as an average one. */
function averageOf({ clauses }: Baseline): readonly ClauseFigures[] {
  return Object.values(clauses);
}
