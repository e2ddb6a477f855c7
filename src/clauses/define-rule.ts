/** A rule of a service: the clauses that it gives for one declared operation. */
import type { DeclaredOperation } from './define-operation.ts';
import type { WrittenClause } from './written.ts';

export type Rule = (operation: DeclaredOperation) => readonly WrittenClause[];

/** The clauses of all rules on all operations, in the order of the rules. */
export function clausesByRules(
  rules: readonly Rule[],
  operations: readonly DeclaredOperation[],
): readonly WrittenClause[] {
  return rules.flatMap((rule) => operations.flatMap(rule));
}
