/** A rule of a service: the clauses that it gives for one declared operation, which may depend on all of its resource. */
import type { Check } from './clause.ts';
import type { DeclaredOperation } from './define-operation.ts';
import type { WrittenClause } from './written.ts';

const rulesByCheck = new WeakMap<Check, Rule>();

export interface Rule {
  (operation: DeclaredOperation, operations: readonly DeclaredOperation[]): readonly WrittenClause[];
  /** Its clauses name each caller whose requests they need; those of other rules need the caller of the operation too. */
  namesCallers?: true;
}

/** The clauses of all rules on all operations, in the order of the rules. */
export function clausesByRules(
  rules: readonly Rule[],
  operations: readonly DeclaredOperation[],
): readonly WrittenClause[] {
  return rules.flatMap((rule) =>
    operations.flatMap((operation) => {
      const clauses = rule(operation, operations).map((clause) =>
        withIdentities(operation, clause, rule.namesCallers === true),
      );
      for (const { check } of clauses) rulesByCheck.set(check, rule);
      return clauses;
    }),
  );
}

/** With the caller of the operation, unless the rule names callers, and with those who prepare its requests. */
function withIdentities(
  { caller, preparers = [] }: DeclaredOperation,
  clause: WrittenClause,
  namesCallers: boolean,
): WrittenClause {
  const { identities = [] } = clause;
  const needed = [...(namesCallers || caller === 'member' ? [] : [caller]), ...preparers];
  const missing = needed.filter((one) => !identities.includes(one));
  return missing.length === 0 ? clause : { ...clause, identities: [...identities, ...missing] };
}

/** The rule that gave the clause with this check; undefined for other clauses. */
export function ruleOf(check: Check): Rule | undefined {
  return rulesByCheck.get(check);
}
