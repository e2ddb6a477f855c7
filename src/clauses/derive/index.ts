/** All clauses that follow from the contract alone, for each of its operations. */
import type { Contract, Operation, OperationId } from '../../contract/model.ts';
import type { Clause } from '../clause.ts';
import type { Recipes } from '../recipe.ts';
import type { Subject } from './draft.ts';
import { deriveHeaders } from './headers.ts';
import { deriveKeywords } from './keywords.ts';
import { deriveQuery } from './query.ts';
import { deriveRefusals } from './refusals.ts';
import { removalClause } from './removal.ts';
import { deriveRepeated } from './repeated.ts';
import { deriveResponse } from './response.ts';
import { deriveRequestBody } from './request-body.ts';
import { deriveSamples } from './samples.ts';

type Family = (subject: Subject) => readonly Clause[];

const families: readonly Family[] = [
  deriveResponse,
  deriveRepeated,
  deriveHeaders,
  deriveRequestBody,
  deriveKeywords,
  deriveQuery,
  deriveSamples,
  deriveRefusals,
];

/** In the order of the operations, then of the families; ids are unique. `only`: of these operations. */
export function deriveClauses(
  contract: Contract,
  recipes: Recipes,
  only?: ReadonlySet<OperationId>,
): readonly Clause[] {
  const operations = only ? contract.operations.filter(({ id }) => only.has(id)) : contract.operations;
  return operations.flatMap((operation) => deriveOperation(contract, operation, recipes));
}

function deriveOperation(contract: Contract, operation: Operation, recipes: Recipes): readonly Clause[] {
  const { removal } = operation;
  if (removal) return [removalClause(contract, operation, removal)];
  const subject: Subject = { contract, operation, recipe: recipes[operation.id] };
  return families.flatMap((family) => family(subject));
}
