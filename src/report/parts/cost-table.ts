/**
 * The mean duration of the cases of each clause in a run, and the costly state of a resource that they needed: the table by
 * which cases are assigned to shards.
 */
import type { CostTable } from '../../planning/shards.ts';
import type { LedgerEntry } from '../../records/ledger.ts';
import { groupBy } from '../../group-by.ts';
import type { CaseReport } from '../../records/report.ts';
import { labelIn, type LabelledKind } from '../created-resources.ts';
import type { RunRecord } from '../record.ts';

/** Sorted by clause; only cases that sent requests. */
export function costTable(
  { report, evidence }: RunRecord,
  ledger: readonly LedgerEntry[],
  kinds: readonly LabelledKind[],
): CostTable {
  const states = statesOf(ledger, kinds);
  const tried = report.cases.filter(({ exchanges }) => exchanges > 0);
  const rows = [...groupBy(tried, ({ clause }) => clause)].map(([clause, cases]) => {
    const requests = cases.flatMap(({ id }) => evidence(id)).filter(({ purpose }) => purpose === 'act');
    const needed = requests.flatMap(({ request: { url } }) => stateIn(url, states));
    const state = mostFrequent(needed);
    return [clause, { ms: meanMs(cases), ...(state !== undefined && { state }) }] as const;
  });
  return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** By the id of a resource of a type with states: its label, where that is not a plain one. */
function statesOf(ledger: readonly LedgerEntry[], kinds: readonly LabelledKind[]): ReadonlyMap<string, string> {
  return new Map(
    ledger.flatMap((entry) => {
      const plain = kinds.find(({ type }) => type === entry.type)?.labels?.plain;
      const label = plain && labelIn(entry);
      return entry.event === 'created' && label !== undefined && !plain?.includes(label) ? [[entry.id, label]] : [];
    }),
  );
}

function stateIn(url: string, states: ReadonlyMap<string, string>): readonly string[] {
  return new URL(url).pathname.split('/').flatMap((part) => states.get(part) ?? []);
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
