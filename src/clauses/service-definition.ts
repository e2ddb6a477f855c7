/** What a suite declares of a service; a service without a declaration has the derived clauses of its read operations. */
import type { Contract, OperationId } from '../contract/model.ts';
import type { VersionHeader } from '../contract/version-header.ts';
import type { Ask, FixtureChoice, FixtureRequest } from '../planning/fixture-choice.ts';
import type { DeclaredChange } from '../resources/declared-change.ts';
import type { ResourceKind } from '../resources/resource-type.ts';
import { derivedReadOnlyRecipes } from './derive-read-only.ts';
import type { Recipes } from './recipe.ts';
import type { WrittenClause } from './written.ts';

/** Optional behaviour of a target. */
export interface KnownCapability {
  readonly id: string;
  /** Shown to people: what the target can do. */
  readonly words: string;
  /** Shown to people: what an operator does so that a run finds it. */
  readonly remedy: string;
  /** The kind of fixture without which it cannot be declared, with the option that names one. */
  readonly requires?: { readonly fixture: string; readonly option: string };
  /** Cases of operations that need it affect others: they run one at a time, after all other cases. */
  readonly isAlone?: true;
}

export interface ServiceDefinition {
  /** `compute`. */
  readonly type: string;
  /** In sentences: `the Compute API`. */
  readonly words: string;
  /** Where requests for its resources name a microversion otherwise than by the service type. */
  readonly versionHeader?: VersionHeader;
  /** Other services that its clauses and fixtures use. */
  readonly uses?: readonly string[];
  /** Those that they use where a target has them. */
  readonly mayUse?: readonly string[];
  /** Chooses what its clauses use of a target. @throws an error for the operator when nothing is suitable */
  readonly chooseFixtures?: (ask: Ask, request: FixtureRequest) => Promise<FixtureChoice>;
  /** Optional behaviour that its clauses may need. */
  readonly capabilities?: readonly KnownCapability[];
  /** What a run creates there; also as part of fixtures of other services. */
  readonly resourceTypes?: readonly ResourceKind[];
  readonly changes?: readonly DeclaredChange[];
}

/** The clauses of a service; apart from its definition, which runs and their clean-up need without any clause. */
export interface ServiceSuite {
  /** `compute`. */
  readonly type: string;
  /** The resources whose suites are complete, so that a run can conform to them. */
  readonly resources?: readonly TestedResource[];
  /** Clauses of the service as a whole; each is bound to an operation of a resource by its id. */
  readonly clauses?: readonly WrittenClause[];
  /** Recipes of operations outside of these resources; by default those of read operations, from the contract alone. */
  readonly otherRecipes?: (contract: Contract) => Recipes;
}

/** The suite of one resource of an API. */
export interface TestedResource {
  /** As on the command line: `volume-attachments`. */
  readonly id: string;
  readonly recipes: Recipes;
  readonly clauses: readonly WrittenClause[];
  /** Operations that releases no longer have: only derived clauses are about them. */
  readonly removed?: readonly OperationId[];
}

/** Of a service that no suite declares. */
export function undeclaredService(type: string): ServiceDefinition {
  return { type, words: `the API of ${type}` };
}

/** A recipe of a resource takes precedence over another one of the same operation. */
export function recipesOfService(
  { resources = [], otherRecipes = derivedReadOnlyRecipes }: Pick<ServiceSuite, 'resources' | 'otherRecipes'>,
  contract: Contract,
): Recipes {
  return Object.assign({}, otherRecipes(contract), ...resources.map(({ recipes }) => recipes)) as Recipes;
}

/** The operations of a resource: those with a recipe or a written clause, and those that were removed. */
export function operationsOfResource({ recipes, clauses, removed = [] }: TestedResource): readonly OperationId[] {
  const named = [...Object.keys(recipes), ...clauses.map((clause) => clause.id.split('#')[0])];
  return [...new Set([...named.map((one) => one as OperationId), ...removed])].sort();
}
