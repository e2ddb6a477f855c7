/**
 * Derives a baseline for estimates from the evidence and the ledger of a run.
 *
 * A resource belongs to a case that names it in a request; a list that shows it does not count.
 */
import type { Exchange } from '../client/exchange.ts';
import type { LedgerEntry } from '../records/ledger.ts';
import type { Baseline, ClauseFigures, SetFigures } from '../records/baseline.ts';
import { groupBy } from '../group-by.ts';
import type { RunRecord } from './record.ts';
import { thingsIn, type LabelledKind, type Things } from './created-resources.ts';

/** Sign-ins per identity: during connect and discovery, and again in the worker. */
const signIns = 2;
/** Versions, flavors, images, types, quotas, and the inventory before and after. */
const discoveryRequests = 16;

/** `kinds`: the resource types whose labels it may have. Undefined where the run has no evidence to count. */
export function baselineOf(
  { report, evidence }: RunRecord,
  ledger: readonly LedgerEntry[],
  kinds: readonly LabelledKind[],
): Baseline | undefined {
  const things = thingsIn(ledger, kinds);
  const seen = withLonePooled(
    report.cases.flatMap(({ id, clause, evidence: file }) =>
      file === undefined ? [] : [seenIn(clause, evidence(id), things)],
    ),
  );
  if (seen.length === 0) return undefined;
  const sharers = countAll(seen.map(({ exchanges }) => exchanges));
  const takers = countAll([...seen.map(({ taken }) => taken), ...pooledOfSets(seen).values()]);
  const identities = report.target.identities.filter(({ given }) => given).length;
  const { run, target, cost } = report;
  const always = identities * signIns + discoveryRequests;
  return {
    measured: {
      ...{ run: run.name, target: target.name, at: run.startedAt, cases: seen.length, requests: cost.exchanges },
      always,
      unseen: Math.max(0, cost.exchanges - sharers.size - always),
      created: things.made,
      taken: seen.reduce((sum, { taken }) => sum + taken.size, 0),
      durationMs: run.durationMs,
      startMs: Math.max(0, Math.min(...seen.map(({ begunAt }) => begunAt)) - Date.parse(run.startedAt)),
      targetMs: Math.round(cost.targetMs),
      ownCpuMs: cost.ownCpuMs,
    },
    sets: setFigures(seen, things, takers),
    clauses: Object.fromEntries(
      [...groupBy(seen, ({ clause }) => clause)]
        .map(([clause, cases]) => [clause, clauseFigures(cases, sharers, takers, things)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

interface Seen {
  readonly clause: string;
  readonly begunAt: number;
  readonly exchanges: ReadonlySet<string>;
  /** Keys of sets. */
  readonly sets: ReadonlySet<string>;
  /** The set to which each pooled resource is connected. */
  readonly onSets: ReadonlyMap<string, string>;
  readonly taken: ReadonlySet<string>;
}

function seenIn(clause: string, exchanges: readonly Exchange[], { setOf, sets: all, pooled }: Things): Seen {
  const sets = new Set<string>();
  const onSets = new Map<string, string>();
  const taken = new Set<string>();
  for (const { request } of exchanges) {
    const named = idsIn(`${request.url} ${request.body ?? ''}`);
    const own = named.flatMap((id) => setOf.get(id) ?? []);
    for (const key of own) sets.add(key);
    const home = own.find((key) => all.get(key)?.isHome);
    for (const id of named.filter((one) => pooled.has(one))) {
      if (home === undefined) taken.add(id);
      else onSets.set(id, home);
    }
  }
  for (const id of onSets.keys()) taken.delete(id);
  const begunAt = Math.min(...exchanges.map(({ startedAt }) => Date.parse(startedAt)));
  return { clause, begunAt, exchanges: new Set(exchanges.map(({ id }) => id)), sets, onSets, taken };
}

/** A pooled resource on a set that only one case names belongs to that case. */
function withLonePooled(seen: readonly Seen[]): readonly Seen[] {
  const cases = countAll(seen.map(({ onSets }) => new Set(onSets.keys())));
  return seen.map((one) => {
    const all = [...one.onSets];
    const lone = all.flatMap(([id]) => (cases.get(id) === 1 ? [id] : []));
    const common = all.filter(([id]) => cases.get(id) !== 1);
    return { ...one, onSets: new Map(common), taken: new Set([...one.taken, ...lone]) };
  });
}

function idsIn(text: string): readonly string[] {
  return [...text.matchAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g)].map(([id]) => id);
}

function pooledOfSets(seen: readonly Seen[]): ReadonlyMap<string, ReadonlySet<string>> {
  const sets = new Map<string, Set<string>>();
  for (const { onSets } of seen) {
    for (const [id, key] of onSets) sets.set(key, (sets.get(key) ?? new Set()).add(id));
  }
  return sets;
}

function countAll(sets: readonly ReadonlySet<string>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of sets) for (const id of one) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

type Counts = ReadonlyMap<string, number>;

/** The share of one user in shared resources: each counts 1/n where n users share it. */
function partsOf(ids: Iterable<string>, counts: Counts): number {
  return [...ids].reduce((sum, id) => sum + 1 / (counts.get(id) ?? 1), 0);
}

function setFigures(seen: readonly Seen[], { sets, pooled }: Things, takers: Counts): Baseline['sets'] {
  const connected = pooledOfSets(seen);
  const users = countAll(seen.map((one) => one.sets));
  const rows = [...sets].map(([key, { type, made, atOnce }]): readonly [string, SetFigures] => [
    key,
    {
      type,
      created: made,
      atOnce,
      pooled: byType(connected.get(key) ?? [], pooled, (ids) => rounded(partsOf(ids, takers))),
      cases: users.get(key) ?? 0,
    },
  ]);
  return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function clauseFigures(cases: readonly Seen[], sharers: Counts, takers: Counts, { pooled }: Things): ClauseFigures {
  const mean = (of: (one: Seen) => number): number =>
    rounded(cases.reduce((sum, one) => sum + of(one), 0) / cases.length);
  const taken = byType(new Set(cases.flatMap((one) => [...one.taken])), pooled, (ids) => {
    const wanted = new Set(ids);
    const ofType = (one: Seen): readonly string[] => [...one.taken].filter((id) => wanted.has(id));
    return { taken: mean((one) => ofType(one).length), fresh: mean((one) => partsOf(ofType(one), takers)) };
  });
  const keys = [...new Set(cases.flatMap(({ sets }) => [...sets]))].sort();
  const sets = Object.fromEntries(keys.map((key) => [key, mean((one) => Number(one.sets.has(key)))]));
  const all = Object.entries(taken);
  return {
    requests: mean((one) => partsOf(one.exchanges, sharers)),
    ...(all.length > 0 && {
      taken: Object.fromEntries(all.map(([type, one]) => [type, one.taken])),
      fresh: Object.fromEntries(all.map(([type, one]) => [type, one.fresh])),
    }),
    ...(keys.length > 0 && { sets }),
  };
}

/** What follows from the resources of each type. */
function byType<T>(
  ids: Iterable<string>,
  types: ReadonlyMap<string, string>,
  of: (ids: readonly string[]) => T,
): Readonly<Record<string, T>> {
  const groups = groupBy([...ids], (id) => types.get(id) ?? '');
  return Object.fromEntries([...groups].map(([type, own]) => [type, of(own)]));
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
