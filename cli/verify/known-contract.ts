/** A contract with its clauses, as a run that was held to it had them. */
import type { Untested } from '../../src/accounting/untested.ts';
import type { Clause } from '../../src/conformance/clause.ts';
import type { Contract } from '../../src/contract/model.ts';

export interface KnownContract {
  readonly contract: Contract;
  /** Also those that only stand for what nothing tests, of another reference than ours. */
  readonly clauses: readonly Clause[];
  /** Of suites besides ours. */
  readonly guests: readonly Clause[];
  readonly untested: readonly Untested[];
  /** How many operations the service has, also those that the contract leaves out. */
  readonly listed: number;
  readonly told: string;
}
