/**
 * Path parameters of an operation as it really takes them: under the names that its manifest gives them, and in the
 * path where the path has their name in braces, whatever their definition says.
 */
import type { ParameterUse, ReferenceOperation } from '../reference/model.ts';
import type { NamedOperation } from './operation-ids.ts';

export function withRepairedPath(named: NamedOperation): NamedOperation {
  const { operation, entry } = named;
  const names = entry?.names ?? {};
  const renamed = (name: string): string => names[name] ?? name;
  const parameters = operation.parameters.map((use) => inPath(use, operation));
  return {
    ...named,
    operation: {
      ...operation,
      path: operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => `{${renamed(name)}}`),
      parameters: parameters.map((use) => (use.definition?.in === 'path' ? { ...use, name: renamed(use.name) } : use)),
    },
  };
}

/** A definition for bodies that several operations share may be listed for a path by mistake. */
function inPath(use: ParameterUse, { path, parameters }: ReferenceOperation): ParameterUse {
  const { definition, name, side } = use;
  if (definition?.in !== 'body' || side !== 'request' || !path.includes(`{${name}}`)) return use;
  const isListed = parameters.some((other) => other.name === name && other.definition?.in === 'path');
  return isListed ? use : { ...use, definition: { ...definition, in: 'path' } };
}
