/** All suites, one line each. */
import type { ApiResource } from '../src/conformance/complete-plan.ts';
import type { Clause } from '../src/conformance/clause.ts';
import { deriveClauses } from '../src/conformance/derive/index.ts';
import type { Recipes } from '../src/conformance/recipe.ts';
import { writtenClause, type WrittenClause } from '../src/conformance/written.ts';
import { findOperation } from '../src/contract/questions.ts';
import type { Contract, OperationId } from '../src/contract/model.ts';
import { groupBy } from '../src/group-by.ts';
import { readingRecipes } from './compute/reading/recipes.ts';
import { volumeAttachmentClauses } from './compute/volume-attachments/index.ts';
import { volumeAttachmentRecipes } from './compute/volume-attachments/recipes.ts';

const written: readonly WrittenClause[] = [...volumeAttachmentClauses];

/** The resources whose suites are complete: a run can conform to them. */
export const apiResources: readonly ApiResource[] = [
  apiResource('volume-attachments', volumeAttachmentRecipes, volumeAttachmentClauses),
];

/** The operations that some suite can call, or has clauses on: those of a run that names no others. */
export const triedOperations: ReadonlySet<OperationId> = new Set(apiResources.flatMap(({ operations }) => operations));

/** All operations that its suite can call, or has clauses on. */
function apiResource(id: string, recipes: Recipes, clauses: readonly WrittenClause[]): ApiResource {
  const named = [...Object.keys(recipes), ...clauses.map((clause) => clause.id.split('#')[0])];
  return { id, operations: [...new Set(named.map((one) => one as OperationId))].sort() };
}

/** What a suite of its own knows wins. */
function recipesFor(contract: Contract): Recipes {
  return { ...readingRecipes(contract), ...volumeAttachmentRecipes };
}

/** Derived and written clauses in the order of the contract's operations; inside one, derived first. */
export function allClauses(contract: Contract): readonly Clause[] {
  const known = written.filter(({ id }) => findOperation(contract, id.split('#')[0] as OperationId));
  const all = [
    ...deriveClauses(contract, recipesFor(contract)),
    ...known.map((entry) => writtenClause(entry, contract)),
  ];
  const byOperation = groupBy(all, ({ operation }) => operation);
  return contract.operations.flatMap(({ id }) => byOperation.get(id) ?? []);
}
