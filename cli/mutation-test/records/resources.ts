/** The API resource that a clause belongs to: its results are in the folder of its suite. */
import type { OperationId } from '../../../src/contract/model.ts';
import { apiResources } from '../../../suites/index.ts';
import type { ResourceName } from './record-file.ts';

export const resourceNames: readonly ResourceName[] = apiResources.map(({ id, operations }) => {
  return `${operations[0]?.split('/')[0] ?? ''}/${id}`;
});

/** `compute/read-only` for the operations of the compute service that no suite declares. */
export function resourceOf(operation: OperationId): ResourceName {
  const at = apiResources.findIndex(({ operations }) => operations.includes(operation));
  return resourceNames[at] ?? `${operation.split('/')[0] ?? ''}/read-only`;
}
