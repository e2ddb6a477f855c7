/** A contract with its clauses, as a run against it had them. */
import type { Untested } from '../../src/accounting/untested.ts';
import type { Clause } from '../../src/clauses/clause.ts';
import type { Contract } from '../../src/contract/model.ts';

export interface KnownContract {
  readonly contract: Contract;
  /** For another reference, including those that stand for what nothing tests. */
  readonly clauses: readonly Clause[];
  /** Clauses of extension suites. */
  readonly extensionClauses: readonly Clause[];
  readonly untested: readonly Untested[];
  /** How many operations the service has, also those that the contract leaves out. */
  readonly listed: number;
  /** A sentence that names the contract. */
  readonly confirmed: string;
}
