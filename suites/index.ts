/** The registry of all suites. */
import type { ApiResource } from '../src/planning/complete-plan.ts';
import type { Clause } from '../src/clauses/clause.ts';
import { deriveClauses } from '../src/clauses/derive/index.ts';
import { recipesOf } from '../src/clauses/derive-recipe.ts';
import type { Recipes } from '../src/clauses/recipe.ts';
import { writtenClause, type WrittenClause } from '../src/clauses/written.ts';
import { findOperation } from '../src/contract/questions.ts';
import type { Contract, OperationId } from '../src/contract/model.ts';
import { groupBy } from '../src/group-by.ts';
import { readOnlyRecipes } from './compute/read-only/recipes.ts';
import { serverGroupClauses } from './compute/server-groups/clauses.ts';
import { serverGroupOperations } from './compute/server-groups/operations.ts';
import { volumeAttachmentClauses } from './compute/volume-attachments/index.ts';
import { volumeAttachmentOperations } from './compute/volume-attachments/operations.ts';

const volumeAttachmentRecipes = recipesOf(volumeAttachmentOperations);
const serverGroupRecipes = recipesOf(serverGroupOperations);

const written: readonly WrittenClause[] = [...volumeAttachmentClauses, ...serverGroupClauses];

/** The resources whose suites are complete, so that a run can conform to them. */
export const apiResources: readonly ApiResource[] = [
  apiResource('volume-attachments', volumeAttachmentRecipes, volumeAttachmentClauses),
  apiResource('server-groups', serverGroupRecipes, serverGroupClauses),
];

/** The operations that have recipes or written clauses: the default selection of a run. */
export const triedOperations: ReadonlySet<OperationId> = new Set(apiResources.flatMap(({ operations }) => operations));

/** The operations of a resource: those with a recipe or a written clause. */
function apiResource(id: string, recipes: Recipes, clauses: readonly WrittenClause[]): ApiResource {
  const named = [...Object.keys(recipes), ...clauses.map((clause) => clause.id.split('#')[0])];
  return { id, operations: [...new Set(named.map((one) => one as OperationId))].sort() };
}

/** A recipe of a resource takes precedence over the read-only recipe of the same operation. */
function recipesFor(contract: Contract): Recipes {
  return { ...readOnlyRecipes(contract), ...volumeAttachmentRecipes, ...serverGroupRecipes };
}

/** Derived and written clauses in the order of the contract's operations; derived clauses first within an operation. */
export function allClauses(contract: Contract): readonly Clause[] {
  const known = written.filter(({ id }) => findOperation(contract, id.split('#')[0] as OperationId));
  const all = [
    ...deriveClauses(contract, recipesFor(contract)),
    ...known.map((entry) => writtenClause(entry, contract)),
  ];
  const byOperation = groupBy(all, ({ operation }) => operation);
  return contract.operations.flatMap(({ id }) => byOperation.get(id) ?? []);
}
