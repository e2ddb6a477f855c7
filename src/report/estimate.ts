/**
 * What a plan would cost, by what an earlier run has cost.
 *
 * What a case asks itself is known clause by clause. Servers and volumes are shared: a part of a plan needs as many
 * at the same time as the whole, and has less of them to make anew.
 */
import type { Basis, ClauseFigures, Deviation, Measured, SetFigures } from './basis.ts';

export interface Estimate {
  readonly requests: number;
  readonly servers: number;
  readonly volumes: number;
  readonly durationMs: number;
  /** Sum over all requests, as long as each waited. */
  readonly targetMs: number;
  readonly ownCpuMs: number;
  readonly basis: EstimateBasis;
  /** Cases of clauses that the basis does not know; they are counted as an average one. */
  readonly unknown: number;
}

export interface EstimateBasis extends Pick<Measured, 'run' | 'target' | 'at' | 'cases'> {
  /** `own`: the run that the operator names; `shipped`: one that comes with the program. */
  readonly kind: 'own' | 'shipped';
  readonly checked?: Deviation;
}

export interface EstimateOptions {
  readonly kind: EstimateBasis['kind'];
  /** Cases at the same time. */
  readonly concurrency: number;
  readonly requestsPerSecond?: number | undefined;
}

/** `clauses`: that of every case. */
export function estimate(clauses: readonly string[], basis: Basis, options: EstimateOptions): Estimate {
  const { measured, checked } = basis;
  const known = clauses.flatMap((clause) => basis.clauses[clause] ?? []);
  const unknown = clauses.length - known.length;
  const counted = known.length > 0 ? known : averageOf(basis);
  const grown = counted.length === 0 ? 0 : clauses.length / counted.length;
  const { requests: own, taken, fresh, sets } = sumOf(counted, grown);
  const kept = Object.entries(sets).flatMap(([label, cases]) => {
    const figures = basis.sets[label];
    return figures ? [thingsOf(figures, cases)] : [];
  });
  const servers = kept.reduce((sum, one) => sum + one.servers, 0);
  const ownVolumes = fresh + atTheStart(taken, fresh, measured.taken, options.concurrency);
  const volumes = kept.reduce((sum, one) => sum + one.volumes, 0) + ownVolumes;
  const always = clauses.length === 0 ? 0 : measured.always;
  const requests = Math.round(always + own + unseen(basis, { servers, volumes, taken }));
  const part = requests / Math.max(1, measured.requests);
  const paced = options.requestsPerSecond === undefined ? 0 : (requests / options.requestsPerSecond) * 1000;
  const worked = measured.startMs + (measured.durationMs - measured.startMs) * part;
  const { run, target, at, cases } = measured;
  return {
    requests,
    servers: Math.round(servers),
    volumes: Math.round(volumes),
    durationMs: clauses.length === 0 ? 0 : Math.round(Math.max(worked, paced)),
    targetMs: Math.round(measured.targetMs * part),
    ownCpuMs: Math.round(measured.ownCpuMs * part),
    basis: { kind: options.kind, run, target, at, cases, ...(checked && { checked }) },
    unknown,
  };
}

/** By how much an estimate was off, as a part of what was seen. */
export function deviationOf(told: Estimate, seen: Measured): Deviation {
  const part = (key: 'requests' | 'servers' | 'volumes' | 'durationMs'): number =>
    Math.round((Math.abs(told[key] - seen[key]) / Math.max(1, seen[key])) * 100) / 100;
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
  /** How many cases need which set. */
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

/** As many side by side as it had then, and of those that were made anew later its part. */
function thingsOf(
  { servers: made, atOnce, volumes, cases: all }: SetFigures,
  cases: number,
): { readonly servers: number; readonly volumes: number } {
  const first = Math.min(Math.ceil(cases), atOnce);
  const later = all > atOnce ? ((made - atOnce) * Math.max(0, cases - first)) / (all - atOnce) : 0;
  const servers = first + later;
  return { servers, volumes: (volumes / Math.max(1, made)) * servers };
}

/** Cases that begin at the same time find no volume to take over; in a whole plan that is counted already. */
function atTheStart(taken: number, fresh: number, all: number, concurrency: number): number {
  if (taken === 0) return 0;
  return Math.min(concurrency, taken) * (1 - fresh / taken) * Math.max(0, 1 - taken / Math.max(1, all));
}

/** Making, awaiting and removing a thing takes about so many times the requests of bringing a volume back. */
const thingInTakings = 4;

/** Requests that no case shows. */
function unseen(
  { measured }: Basis,
  { servers, volumes, taken }: Readonly<Record<'servers' | 'volumes' | 'taken', number>>,
): number {
  const all = (measured.servers + measured.volumes) * thingInTakings + measured.taken;
  return all === 0 ? 0 : (measured.unseen * ((servers + volumes) * thingInTakings + taken)) / all;
}

/** Where no clause is known, each case is an average one. */
function averageOf({ clauses }: Basis): readonly ClauseFigures[] {
  return Object.values(clauses);
}
