/**
 * Paths as they continue the endpoint of the catalogue: some references begin each with what the endpoint has already,
 * such as `/v3/{project_id}`.
 */
import type { NamedOperation } from './operation-ids.ts';

/** The first of the prefixes that fits is left out; whatever its names in braces are called, they are no parameters. */
export function withoutPrefix(named: NamedOperation, prefixes: readonly string[]): NamedOperation {
  const { operation } = named;
  const found = prefixes
    .map((prefix) => patternOf(prefix).exec(operation.path)?.[0])
    .find((text) => text !== undefined);
  if (found === undefined) return named;
  const path = operation.path.slice(found.length) || '/';
  const gone = namesIn(found).filter((name) => !namesIn(path).includes(name));
  const parameters = operation.parameters.filter(
    ({ definition, name }) => definition?.in !== 'path' || !gone.includes(name),
  );
  return { ...named, operation: { ...operation, path, parameters } };
}

function patternOf(prefix: string): RegExp {
  const parts = prefix.split(/\{[^{}]*\}/).map((part) => part.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  return new RegExp(`^${parts.join('\\{[^{}]*\\}')}(?=/|$)`);
}

function namesIn(path: string): readonly string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
}
