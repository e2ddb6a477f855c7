/**
 * Matches the operations of two trees: by the ids of manifests, else by method, path and root key of the request, else
 * by title. The most reliable keys go first; unmatched operations were added or removed.
 */
import { bodiesOf, rootObject } from '../contract/members.ts';
import type { Contract, Operation, OperationId } from '../contract/model.ts';

export interface Pair {
  readonly before?: Operation;
  readonly after?: Operation;
}

/** `given`: ids from manifests; other ids are derived from titles and are valid only within their tree. */
export interface Named {
  readonly contract: Contract;
  readonly given: ReadonlySet<OperationId>;
}

type Key = (operation: Operation) => string | undefined;

export function matchOperations(before: Named, after: Named): readonly Pair[] {
  const found = new Map<Operation, Operation>();
  const taken = new Set<Operation>();
  const byId: Key = ({ id }) => (before.given.has(id) && after.given.has(id) ? id : undefined);
  for (const key of [byId, ...otherKeys]) matchBy(key, before, after, found, taken);
  const pairs = after.contract.operations.map((operation): Pair => {
    const earlier = found.get(operation);
    return { after: operation, ...(earlier && { before: earlier }) };
  });
  const removed = before.contract.operations.filter((operation) => !taken.has(operation));
  return [...pairs, ...removed.map((operation): Pair => ({ before: operation }))];
}

const call: Key = ({ method, path }) => `${method} ${namelessPath(path)}`;

const otherKeys: readonly Key[] = [
  (operation) => [call(operation), rootKey(operation), operation.title].join('\n'),
  (operation) => [call(operation), operation.title].join('\n'),
  (operation) => [call(operation), rootKey(operation)].join('\n'),
  ({ method, title, source }) => [method, title, baseName(source.file)].join('\n'),
  ({ title, source }) => [title, baseName(source.file)].join('\n'),
];

/** Only where exactly one operation on each side has the key. */
function matchBy(key: Key, before: Named, after: Named, found: Map<Operation, Operation>, taken: Set<Operation>): void {
  const earlier = single(
    before.contract.operations.filter((operation) => !taken.has(operation)),
    key,
  );
  const later = single(
    after.contract.operations.filter((operation) => !found.has(operation)),
    key,
  );
  for (const [text, operation] of later) {
    const match = earlier.get(text);
    if (!match) continue;
    found.set(operation, match);
    taken.add(match);
  }
}

function single(operations: readonly Operation[], key: Key): ReadonlyMap<string, Operation> {
  const seen = new Map<string, Operation | undefined>();
  for (const operation of operations) {
    const text = key(operation);
    if (text !== undefined) seen.set(text, seen.has(text) ? undefined : operation);
  }
  return new Map([...seen].flatMap(([text, operation]) => (operation ? [[text, operation] as const] : [])));
}

/** `/servers/{server_id}` and `/servers/{id}` are one path. */
export function namelessPath(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}');
}

/** The only key of the request body, which distinguishes actions that share one path. */
export function rootKey(operation: Operation): string | undefined {
  for (const revision of operation.revisions) {
    for (const body of bodiesOf(revision, 'request')) {
      const members = body.kind === 'json' ? rootObject(body.shape)?.members : undefined;
      if (members?.length === 1) return members[0]?.name;
    }
  }
  return undefined;
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
