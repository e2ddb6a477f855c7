/** Finds the documented operation of a request by method, path, microversion and, where a call is shared, body. */
import { parseJson, type Json } from '../json.ts';
import type { Microversion } from '../microversion.ts';
import { meetsDiscriminator } from './discriminator.ts';
import type { Operation, OperationId } from './model.ts';
import { revisionAt } from './questions.ts';

export interface FoundOperation {
  readonly operation: Operation;
  /** Values of the path parameters, as they stand in the path. */
  readonly path: Readonly<Record<string, string>>;
}

export interface LookedUp {
  readonly method: string;
  /** Below the version root, without query: `/servers/detail`. */
  readonly path: string;
  readonly body?: string | undefined;
  readonly microversion: Microversion;
  /** Found for a body that shows none of the operations that share the call. */
  readonly otherwise?: OperationId | undefined;
}

export type FindOperation = (request: LookedUp) => FoundOperation | undefined;

/** A place in the tree of path segments. A literal segment is tried before a parameter. */
interface PathNode {
  readonly literals: Map<string, PathNode>;
  parameter?: PathNode;
  readonly operations: { readonly operation: Operation; readonly names: readonly string[] }[];
}

export function operationFinder(operations: readonly Operation[]): FindOperation {
  const root = newNode();
  for (const operation of operations) addPath(root, operation);
  return ({ method, path, body, microversion, otherwise }) => {
    const found = candidates(root, segmentsOf(path), []).find((sharing) =>
      sharing.some(({ operation }) => isAt(operation, method, microversion)),
    );
    const sharing = found?.filter(({ operation }) => isAt(operation, method, microversion)) ?? [];
    if (sharing.length <= 1) return sharing[0];
    return chosen(sharing, body) ?? sharing.find(({ operation: { id } }) => id === otherwise);
  };
}

/** The one whose discriminator the request meets; else the one that has none. */
function chosen(sharing: readonly FoundOperation[], text: string | undefined): FoundOperation | undefined {
  const body: Json | undefined = text === undefined ? undefined : parseJson(text);
  return (
    sharing.find(({ operation: { when }, path }) => when && meetsDiscriminator(when, { body, path })) ??
    sharing.find(({ operation: { when } }) => when === undefined)
  );
}

function isAt(operation: Operation, method: string, microversion: Microversion): boolean {
  return operation.method === method && revisionAt(operation, microversion) !== undefined;
}

function newNode(): PathNode {
  return { literals: new Map(), operations: [] };
}

function addPath(root: PathNode, operation: Operation): void {
  const names: string[] = [];
  let node = root;
  for (const segment of segmentsOf(operation.path)) {
    const name = /^\{([^}]*)\}$/.exec(segment)?.[1];
    if (name !== undefined) names.push(name);
    node = name === undefined ? literalOf(node, segment) : (node.parameter ??= newNode());
  }
  node.operations.push({ operation, names });
}

function literalOf({ literals }: PathNode, segment: string): PathNode {
  const next = literals.get(segment) ?? newNode();
  literals.set(segment, next);
  return next;
}

/** The operations of every path of the contract that fits, those with more literal segments first. */
function candidates(
  node: PathNode,
  [segment, ...rest]: readonly string[],
  values: readonly string[],
): readonly (readonly FoundOperation[])[] {
  if (segment === undefined) {
    if (node.operations.length === 0) return [];
    return [
      node.operations.map(({ operation, names }) => ({
        operation,
        path: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])),
      })),
    ];
  }
  const literal = node.literals.get(segment);
  return [
    ...(literal ? candidates(literal, rest, values) : []),
    ...(node.parameter && segment !== '' ? candidates(node.parameter, rest, [...values, segment]) : []),
  ];
}

function segmentsOf(path: string): readonly string[] {
  return path.replace(/^\//, '').split('/');
}
