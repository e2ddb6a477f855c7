/**
 * Operations that share method and path, as OpenAPI wants them: one operation each, with one set of names in the path.
 */
import { kebab } from '../contract/clause-names.ts';
import type { Operation, Parameter, Revision } from '../contract/model.ts';
import { revisionAt } from '../contract/questions.ts';
import type { NonEmpty } from '../json.ts';
import type { Microversion } from '../microversion.ts';

export interface Variant {
  readonly operation: Operation;
  readonly revision: Revision;
}

export interface Group {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly variants: NonEmpty<Variant>;
}

/** `all` are those of every microversion: whether an id is that of a group does not change with the microversion. */
export function groupOperations(
  all: readonly Operation[],
  version: Microversion,
  isWanted: (operation: Operation) => boolean,
): readonly Group[] {
  const calls = new Map<string, Operation[]>();
  for (const operation of all.filter(({ method }) => methods.includes(method)).map(withSlash))
    calls.set(callOf(operation), [...(calls.get(callOf(operation)) ?? []), operation]);
  const names = namesByPath(all.map(withSlash));
  return [...calls.values()].flatMap((sharing) => {
    const variants = sharing.filter(isWanted).flatMap((operation) => variantAt(operation, version, names));
    const [first, ...rest] = variants;
    if (!first) return [];
    const { id, method, path } = first.operation;
    const operationId = sharing.length === 1 ? id.slice(id.indexOf('/') + 1) : kebab(`${method} ${path}`);
    return [{ operationId, method, path, variants: [first, ...rest] as const }];
  });
}

/** Those for which OpenAPI has no place: a reference may leave the method open. */
export function leftOut(all: readonly Operation[], version: Microversion): readonly Operation[] {
  return all.filter((operation) => !methods.includes(operation.method) && revisionAt(operation, version));
}

/** Those that OpenAPI has a place for. */
const methods: readonly string[] = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'];

/** A path may have lost its slash in the reference; OpenAPI takes none without. */
function withSlash(operation: Operation): Operation {
  return operation.path.startsWith('/') ? operation : { ...operation, path: `/${operation.path}` };
}

function callOf({ method, path }: Operation): string {
  return `${method} ${nameless(path)}`;
}

function nameless(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}');
}

/** Paths that differ in their names only are one path; the first one names it. */
function namesByPath(all: readonly Operation[]): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { path } of all) if (!paths.has(nameless(path))) paths.set(nameless(path), path);
  return paths;
}

function variantAt(
  operation: Operation,
  version: Microversion,
  names: ReadonlyMap<string, string>,
): readonly Variant[] {
  const revision = revisionAt(operation, version);
  if (!revision) return [];
  const path = names.get(nameless(operation.path)) ?? operation.path;
  if (path === operation.path) return [{ operation, revision }];
  const [was, is] = [namesIn(operation.path), namesIn(path)];
  const renamed = (parameter: Parameter): Parameter => ({
    ...parameter,
    name: is[was.indexOf(parameter.name)] ?? parameter.name,
  });
  const request = { ...revision.request, path: revision.request.path.map(renamed) };
  return [{ operation: { ...operation, path }, revision: { ...revision, request } }];
}

export function namesIn(path: string): readonly string[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '');
}
