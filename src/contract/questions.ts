/**
 * Queries on a contract: operations, revisions, boundaries.
 */
import { compareMicroversions, includes, type Microversion, type MicroversionRange } from '../microversion.ts';
import type { DocumentedResponse, Contract, Operation, OperationId, Revision } from './model.ts';

export function findOperation(contract: Contract, id: OperationId): Operation | undefined {
  return contract.operations.find((operation) => operation.id === id);
}

/** The only member of an error response with this status; undefined when the manifest names none. */
export function faultKey({ faults }: Pick<Contract, 'faults'>, status: number): string | undefined {
  return faults && (faults.byStatus.find((entry) => entry.status === status)?.key ?? faults.other);
}

/** Undefined where the operation does not exist. */
export function revisionAt(operation: Operation, version: Microversion): Revision | undefined {
  return operation.revisions.find((revision) => includes(revision.range, version));
}

export function responseWith(revision: Revision, status: number): DocumentedResponse | undefined {
  return revision.responses.find((response) => response.status === status);
}

/** The first microversions of all revisions, in order and without duplicates. */
export function boundaries(operations: readonly Operation[]): readonly Microversion[] {
  const firsts = operations.flatMap(({ revisions }) => revisions.map(({ range }) => range.first));
  return firsts
    .sort(compareMicroversions)
    .filter((version, index, all) => index === 0 || compareMicroversions(version, all[index - 1] ?? version) !== 0);
}

/** Whether every microversion of the operation has exactly one revision. */
export function coversRange({ range, revisions }: Operation): boolean {
  const joined = revisions.every(({ range: own }, index) => {
    const next = revisions[index + 1];
    return next ? own.last !== undefined && follows(own.last, next.range) : sameEnd(own, range);
  });
  return joined && compareMicroversions(revisions[0].range.first, range.first) === 0;
}

function follows(last: Microversion, { first }: MicroversionRange): boolean {
  return first.major === last.major ? first.minor === last.minor + 1 : first.major > last.major;
}

function sameEnd(a: MicroversionRange, b: MicroversionRange): boolean {
  return a.last && b.last ? compareMicroversions(a.last, b.last) === 0 : a.last === b.last;
}
