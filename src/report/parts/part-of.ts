/**
 * The run line for a part of a plan: some of its cases, their clauses, and the errata of those clauses.
 */
import type { RunLine } from '../../records/journal.ts';

export function partOf(whole: RunLine, ids: ReadonlySet<string>): RunLine {
  const cases = whole.cases.filter(({ id }) => ids.has(id));
  const used = new Set(cases.map(({ clause }) => clause));
  const clauses = whole.clauses.filter(({ id }) => used.has(id));
  const errata = new Set(clauses.flatMap((clause) => clause.errata));
  return { ...whole, cases, clauses, errata: whole.errata.filter(({ id }) => errata.has(id)) };
}
