/** What a mutation test is about, and what comes out of it, as plain data. */
import type { Clause } from '../../src/clauses/clause.ts';
import type { Contracts } from '../../src/contract/contracts.ts';
import type { Mutant } from './plan-trials.ts';

/** The clauses that each fault broke, by fault id, in order. */
export type Kills = ReadonlyMap<string, readonly string[]>;

export interface Subjects {
  readonly contracts: Contracts;
  readonly clauses: readonly Clause[];
  readonly mutants: readonly Mutant[];
}
