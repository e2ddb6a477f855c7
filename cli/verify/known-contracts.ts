/** The contracts of a run with their clauses, as the run had them. */
import type { Untested } from '../../src/spec-coverage/untested.ts';
import type { Clause } from '../../src/clauses/clause.ts';
import type { Contracts } from '../../src/contract/contracts.ts';

export interface KnownContracts {
  readonly contracts: Contracts;
  /** For another reference, including those that stand for what nothing tests. */
  readonly clauses: readonly Clause[];
  /** Clauses of extension suites. */
  readonly extensionClauses: readonly Clause[];
  readonly untested: readonly Untested[];
  /** How many operations each service has, by type, also those that its contract leaves out. */
  readonly listed: ReadonlyMap<string, number>;
  /** A sentence that names the contracts. */
  readonly confirmed: string;
}
