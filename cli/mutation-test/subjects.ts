/** What a mutation test is about, and what comes out of it, as plain data. */
import type { Clause } from '../../src/clauses/clause.ts';
import type { Contract } from '../../src/contract/model.ts';
import type { Mutant } from './plan-trials.ts';

/** The clauses that each fault broke, by fault id, in order. */
export type Kills = ReadonlyMap<string, readonly string[]>;

export interface Subjects {
  readonly contract: Contract;
  readonly clauses: readonly Clause[];
  readonly mutants: readonly Mutant[];
}
