/** A rule of a service: the clauses that it gives for one declared operation, which may depend on all of its resource. */
import type { Check } from './clause.ts';
import type { DeclaredOperation } from './define-operation.ts';
import type { WrittenClause } from './written.ts';

const rulesByCheck = new WeakMap<Check, Rule>();

export type Rule = (operation: DeclaredOperation, operations: readonly DeclaredOperation[]) => readonly WrittenClause[];

/** The clauses of all rules on all operations, in the order of the rules. */
export function clausesByRules(
  rules: readonly Rule[],
  operations: readonly DeclaredOperation[],
): readonly WrittenClause[] {
  return rules.flatMap((rule) =>
    operations.flatMap((operation) => {
      const clauses = rule(operation, operations);
      for (const { check } of clauses) rulesByCheck.set(check, rule);
      return clauses;
    }),
  );
}

/** The rule that gave the clause with this check; undefined for other clauses. */
export function ruleOf(check: Check): Rule | undefined {
  return rulesByCheck.get(check);
}
