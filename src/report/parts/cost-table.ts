/**
 * The mean duration of the cases of each clause in a run, and the costly server state that they needed: the table by
 * which cases are assigned to shards.
 */
import type { CostTable } from '../../planning/shards.ts';
import type { LedgerEntry } from '../../records/ledger.ts';
import { groupBy } from '../../group-by.ts';
import type { CaseReport } from '../../records/report.ts';
import type { RunRecord } from '../record.ts';

/** Servers that need nothing but a boot, by the last part of their names. */
const ordinary: ReadonlySet<string> = new Set(['shared', 'read-only', 'rejection-target', 'swap', 'pair', 'exclusive']);

/** Sorted by clause; only cases that sent requests. */
export function costTable({ report, evidence }: RunRecord, ledger: readonly LedgerEntry[]): CostTable {
  const states = statesOf(ledger);
  const tried = report.cases.filter(({ exchanges }) => exchanges > 0);
  const rows = [...groupBy(tried, ({ clause }) => clause)].map(([clause, cases]) => {
    const requests = cases.flatMap(({ id }) => evidence(id)).filter(({ purpose }) => purpose === 'act');
    const needed = requests.flatMap(({ request: { url } }) => stateIn(url, states));
    const state = mostFrequent(needed);
    return [clause, { ms: meanMs(cases), ...(state !== undefined && { state }) }] as const;
  });
  return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** By server id: `osc-7f3a91-server-12-paused` needs `paused`. */
function statesOf(ledger: readonly LedgerEntry[]): ReadonlyMap<string, string> {
  return new Map(
    ledger.flatMap((entry) => {
      const label = /-server-\d+-(.+)$/.exec(entry.name)?.[1];
      return entry.event === 'created' && label !== undefined && !ordinary.has(label) ? [[entry.id, label]] : [];
    }),
  );
}

function stateIn(url: string, states: ReadonlyMap<string, string>): readonly string[] {
  const state = states.get(/\/servers\/([^/?]+)/.exec(url)?.[1] ?? '');
  return state === undefined ? [] : [state];
}

function mostFrequent(names: readonly string[]): string | undefined {
  const groups = [...groupBy(names, (name) => name)];
  return groups.sort(([a, first], [b, second]) => second.length - first.length || (a < b ? -1 : 1))[0]?.[0];
}

/** Rounded to 10 ms. */
function meanMs(cases: readonly CaseReport[]): number {
  const sum = cases.reduce((total, { durationMs }) => total + durationMs, 0);
  return Math.max(10, Math.round(sum / cases.length / 10) * 10);
}
