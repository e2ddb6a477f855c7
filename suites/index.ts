/** All suites, one line each. */
import type { Clause } from '../src/conformance/clause.ts';
import { deriveClauses } from '../src/conformance/derive/index.ts';
import type { Recipes } from '../src/conformance/recipe.ts';
import type { Contract } from '../src/contract/model.ts';
import { volumeAttachmentRecipes } from './compute/volume-attachments.recipes.ts';

const recipes: Recipes = { ...volumeAttachmentRecipes };

const written: readonly Clause[] = [];

/** Derived and written clauses in the order of the contract's operations; inside one, derived first. */
export function allClauses(contract: Contract): readonly Clause[] {
  const derived = deriveClauses(contract, recipes);
  return contract.operations.flatMap(({ id }) => [...derived, ...written].filter(({ operation }) => operation === id));
}
