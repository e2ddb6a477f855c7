/** The contracts of several services, of which a run has one each. */
import type { Contract, Operation, OperationId } from './model.ts';
import { findOperation } from './questions.ts';

/** At most one of each service. */
export type Contracts = readonly Contract[];

/** The service type of an operation: the first part of its id. */
export function serviceOf(id: OperationId): string {
  return id.slice(0, id.indexOf('/'));
}

/** The contract of the service of an operation. */
export function contractFor(contracts: Contracts, id: OperationId): Contract | undefined {
  const type = serviceOf(id);
  return contracts.find(({ service }) => service === type);
}

export function operationIn(contracts: Contracts, id: OperationId): Operation | undefined {
  const contract = contractFor(contracts, id);
  return contract && findOperation(contract, id);
}
