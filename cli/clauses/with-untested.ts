/** The clauses of an account, with those that nothing tests yet where the reference is another one, and those of others. */
import { untestedClauses } from '../../src/accounting/untested-clauses.ts';
import type { Clause } from '../../src/conformance/clause.ts';
import type { OpenAccount } from './open-account.ts';

export function withUntested({ ledger, guests, isOther }: OpenAccount): readonly Clause[] {
  const { contract, clauses, untested } = ledger;
  return [...clauses, ...(isOther ? untestedClauses(contract, clauses, untested) : []), ...guests];
}
