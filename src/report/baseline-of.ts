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
import { thingsIn, type Things } from './things-of.ts';

/** Sign-ins per identity: during connect and discovery, and again in the worker. */
const signIns = 2;
/** Versions, flavors, images, types, quotas, and the inventory before and after. */
const discoveryRequests = 16;

/** Undefined where the run has no evidence to count. */
export function baselineOf({ report, evidence }: RunRecord, ledger: readonly LedgerEntry[]): Baseline | undefined {
  const things = thingsIn(ledger);
  const seen = withLoneVolumes(
    report.cases.flatMap(({ id, clause, evidence: file }) =>
      file === undefined ? [] : [seenIn(clause, evidence(id), things)],
    ),
  );
  if (seen.length === 0) return undefined;
  const sharers = countAll(seen.map(({ exchanges }) => exchanges));
  const takers = countAll([...seen.map(({ taken }) => taken), ...volumesOfSets(seen).values()]);
  const made = things.made;
  const identities = report.target.identities.filter(({ given }) => given).length;
  const { run, target, cost } = report;
  const always = identities * signIns + discoveryRequests;
  return {
    measured: {
      ...{ run: run.name, target: target.name, at: run.startedAt, cases: seen.length, requests: cost.exchanges },
      always,
      unseen: Math.max(0, cost.exchanges - sharers.size - always),
      servers: made.server ?? 0,
      volumes: made.volume ?? 0,
      taken: seen.reduce((sum, { taken }) => sum + taken.size, 0),
      durationMs: run.durationMs,
      startMs: Math.max(0, Math.min(...seen.map(({ begunAt }) => begunAt)) - Date.parse(run.startedAt)),
      targetMs: Math.round(cost.targetMs),
      ownCpuMs: cost.ownCpuMs,
    },
    sets: setFigures(seen, things, takers),
    clauses: Object.fromEntries(
      [...groupBy(seen, ({ clause }) => clause)]
        .map(([clause, cases]) => [clause, clauseFigures(cases, sharers, takers)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

interface Seen {
  readonly clause: string;
  readonly begunAt: number;
  readonly exchanges: ReadonlySet<string>;
  /** Labels of sets. */
  readonly sets: ReadonlySet<string>;
  /** The set of each attached volume. */
  readonly onSets: ReadonlyMap<string, string>;
  readonly taken: ReadonlySet<string>;
}

function seenIn(clause: string, exchanges: readonly Exchange[], { labels, volumes, sharedByAll }: Things): Seen {
  const sets = new Set<string>();
  const onSets = new Map<string, string>();
  const taken = new Set<string>();
  for (const { request } of exchanges) {
    const named = idsIn(`${request.url} ${request.body ?? ''}`);
    const own = named.flatMap((id) => labels.get(id) ?? []);
    for (const label of own) sets.add(label);
    const home = own.find((label) => !sharedByAll(label));
    for (const id of named.filter((one) => volumes.has(one))) {
      if (home === undefined) taken.add(id);
      else onSets.set(id, home);
    }
  }
  for (const id of onSets.keys()) taken.delete(id);
  const begunAt = Math.min(...exchanges.map(({ startedAt }) => Date.parse(startedAt)));
  return { clause, begunAt, exchanges: new Set(exchanges.map(({ id }) => id)), sets, onSets, taken };
}

/** A volume on a set that only one case names belongs to that case. */
function withLoneVolumes(seen: readonly Seen[]): readonly Seen[] {
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

function volumesOfSets(seen: readonly Seen[]): ReadonlyMap<string, ReadonlySet<string>> {
  const sets = new Map<string, Set<string>>();
  for (const { onSets } of seen) {
    for (const [id, label] of onSets) sets.set(label, (sets.get(label) ?? new Set()).add(id));
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

function setFigures(seen: readonly Seen[], { servers }: Things, takers: Counts): Baseline['sets'] {
  const volumes = volumesOfSets(seen);
  const users = countAll(seen.map(({ sets }) => sets));
  const rows = [...servers].map(([label, { made, atOnce }]): readonly [string, SetFigures] => [
    label,
    {
      servers: made,
      atOnce,
      volumes: rounded(partsOf(volumes.get(label) ?? [], takers)),
      cases: users.get(label) ?? 0,
    },
  ]);
  return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function clauseFigures(cases: readonly Seen[], sharers: Counts, takers: Counts): ClauseFigures {
  const mean = (of: (one: Seen) => number): number =>
    rounded(cases.reduce((sum, one) => sum + of(one), 0) / cases.length);
  const taken = mean((one) => one.taken.size);
  const labels = [...new Set(cases.flatMap(({ sets }) => [...sets]))].sort();
  const sets = Object.fromEntries(labels.map((label) => [label, mean((one) => Number(one.sets.has(label)))]));
  return {
    requests: mean((one) => partsOf(one.exchanges, sharers)),
    ...(taken > 0 && { taken, fresh: mean((one) => partsOf(one.taken, takers)) }),
    ...(labels.length > 0 && { sets }),
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
