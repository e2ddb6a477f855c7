/**
 * All clauses of an account: ours, those of another reference that nothing tests yet, and those of extension suites.
 */
import { untestedClauses } from '../../src/spec-coverage/untested-clauses.ts';
import type { Clause } from '../../src/clauses/clause.ts';
import type { OpenClauses } from './open-clauses.ts';

export function withUntested({ ledger, extensionClauses, isOther }: OpenClauses): readonly Clause[] {
  const { contracts, clauses, untested } = ledger;
  return [
    ...clauses,
    ...(isOther ? contracts.flatMap((contract) => untestedClauses(contract, clauses, untested)) : []),
    ...extensionClauses,
  ];
}
