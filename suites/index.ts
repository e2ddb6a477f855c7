/** All suites, one line each. */
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

/** The operations that some suite can call, or has clauses on: those of a run that names no others. */
export const triedOperations: ReadonlySet<OperationId> = new Set(
  [...Object.keys(volumeAttachmentRecipes), ...written.map(({ id }) => id.split('#')[0])].map(
    (id) => id as OperationId,
  ),
);

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
