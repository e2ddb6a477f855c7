/** The clauses of an account, with those that nothing tests yet where the reference is another one. */
import { untestedClauses } from '../../src/accounting/untested-clauses.ts';
import type { Clause } from '../../src/conformance/clause.ts';
import type { OpenAccount } from './open-account.ts';

export function withUntested({ ledger, isOther }: OpenAccount): readonly Clause[] {
  const { contract, clauses, untested } = ledger;
  return isOther ? [...clauses, ...untestedClauses(contract, clauses, untested)] : clauses;
}
