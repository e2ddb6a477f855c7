/**
 * Splits a plan into shards that take about the same time, identical on every machine.
 *
 * All cases of a clause stay together, and so do clauses that need the same expensive state of a server, if they fit
 * into one shard: each shard has to create the states that it needs.
 */
import type { PlannedCase } from './plan-cases.ts';

export interface Shard {
  /** From 1 on. */
  readonly index: number;
  readonly total: number;
}

/** Measured cost of one case of a clause. */
export interface ClauseCost {
  readonly ms: number;
  /** An expensive state of a server that it needs. */
  readonly state?: string;
}

export type CostTable = Readonly<Record<string, ClauseCost>>;

/** For clauses without a measurement. */
const defaultCost: ClauseCost = { ms: 1_000 };

interface Bundle {
  readonly name: string;
  readonly cases: readonly PlannedCase[];
  readonly ms: number;
}

/** The cases of a shard in the order of the plan; none when there are fewer bundles than shards. */
export function casesOfShard(
  planned: readonly PlannedCase[],
  { index, total }: Shard,
  costs: CostTable,
): readonly PlannedCase[] {
  const loads = Array.from({ length: total }, () => ({ ms: 0, bundles: [] as Bundle[] }));
  for (const bundle of heaviestFirst(bundlesOf(planned, total, costs))) {
    const lightest = loads.reduce((best, load) =>
      load.ms < best.ms || (load.ms === best.ms && load.bundles.length < best.bundles.length) ? load : best,
    );
    lightest.ms += bundle.ms;
    lightest.bundles.push(bundle);
  }
  const chosen = new Set(loads[index - 1]?.bundles.flatMap(({ cases }) => cases.map(({ id }) => id)));
  return planned.filter(({ id }) => chosen.has(id));
}

function bundlesOf(planned: readonly PlannedCase[], total: number, costs: CostTable): readonly Bundle[] {
  const clauses = bundle(planned, ({ clause }) => clause, costs);
  const fairShare = clauses.reduce((sum, { ms }) => sum + ms, 0) / total;
  const states = bundle(
    planned.filter(({ clause }) => costs[clause]?.state !== undefined),
    ({ clause }) => costs[clause]?.state ?? '',
    costs,
  ).filter(({ ms }) => ms <= fairShare);
  const together = new Set(states.flatMap(({ cases }) => cases.map(({ clause }) => clause)));
  return [...states, ...clauses.filter(({ cases }) => !cases.some(({ clause }) => together.has(clause)))];
}

function bundle(
  planned: readonly PlannedCase[],
  nameOf: (one: PlannedCase) => string,
  costs: CostTable,
): readonly Bundle[] {
  const groups = new Map<string, PlannedCase[]>();
  for (const one of planned) groups.set(nameOf(one), [...(groups.get(nameOf(one)) ?? []), one]);
  return [...groups].map(([name, cases]) => ({
    name,
    cases,
    ms: cases.reduce((sum, one) => sum + (one.decided ? 0 : (costs[one.clause] ?? defaultCost).ms), 0),
  }));
}

function heaviestFirst(bundles: readonly Bundle[]): readonly Bundle[] {
  return [...bundles].sort((a, b) => b.ms - a.ms || (a.name < b.name ? -1 : 1));
}

/** Parses `2/5`. */
export function parseShard(text: string): Shard | undefined {
  const [, index, total] = /^(\d{1,4})\/(\d{1,4})$/.exec(text)?.map(Number) ?? [];
  return index !== undefined && total !== undefined && index >= 1 && index <= total ? { index, total } : undefined;
}
