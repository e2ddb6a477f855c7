/** Which of our clauses the outline of a run names, selected or not; `verify` computes the same. */
import type { Clause } from '../../src/clauses/clause.ts';
import { operationsIn, type Suite } from '../../src/clauses/extension-suite.ts';
import { triedOperations } from '../../suites/index.ts';

/**
 * Leaves out operations that only extension suites call, unless clauses of ours were selected there. `suites`: those
 * that are loaded; `used`: the names of those whose clauses were selected.
 */
export function outlinedClauses(
  clauses: readonly Clause[],
  selected: ReadonlySet<string>,
  suites: readonly Suite[],
  used: ReadonlySet<string>,
): readonly Clause[] {
  const called = new Set(suites.filter(({ name }) => used.has(name)).flatMap(operationsIn));
  const decided = new Set(clauses.filter(({ id }) => selected.has(id)).map(({ operation }) => operation));
  return clauses.filter(({ operation: id }) => triedOperations.has(id) || decided.has(id) || !called.has(id));
}
