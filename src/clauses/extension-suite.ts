/**
 * An extension suite: clauses on what a vendor guarantees beyond the reference, and recipes with which the derived
 * clauses of an operation are tested again.
 *
 * Reports prefix its clauses with its name, `acme/compute/attach-volume#keeps-the-label`, and count them separately.
 */
import type { OperationId, Source } from '../contract/model.ts';
import type { Changes } from '../resources/declared-change.ts';
import type { DefinedResourceType } from '../resources/define-resource-type.ts';
import type { Recipes } from './recipe.ts';
import type { WrittenClause } from './written.ts';

export interface Suite {
  /** Lower-case letters, digits and dashes: `acme`. */
  readonly name: string;
  readonly clauses?: readonly SuiteClause[];
  /** By the id of an operation of the reference. */
  readonly recipes?: Recipes;
  /** Declarations of its changing requests, by service type, where our suites do not declare them. */
  readonly changes?: Changes;
  /** What its checks create beyond the resource types of this package. */
  readonly resourceTypes?: readonly DefinedResourceType[];
}

/** The declared changes of a suite, with those of its resource types. */
export function changesOfSuite({ changes = {}, resourceTypes = [] }: Suite): readonly Changes[] {
  return [changes, ...resourceTypes.map((type) => type.changes)];
}

type Shared = 'statement' | 'range' | 'cases' | 'identities' | 'capabilities' | 'since' | 'check';

export interface SuiteClause extends Pick<WrittenClause, Shared> {
  /** The name of the suite, the operation, and a name of its own. */
  readonly id: `${string}/${OperationId}#${string}`;
  /** The document that states the guarantee. */
  readonly source: Source;
}

/** The operation of a clause of a suite. */
export function operationOf({ name }: Suite, { id }: Pick<SuiteClause, 'id'>): OperationId {
  return id.slice(name.length + 1).split('#')[0] as OperationId;
}

/** All operations that the clauses and recipes of a suite are about. */
export function operationsIn(suite: Suite): readonly OperationId[] {
  const { clauses = [], recipes = {} } = suite;
  return [...new Set([...clauses.map((one) => operationOf(suite, one)), ...(Object.keys(recipes) as OperationId[])])];
}
