/** Validates the resource types that a suite declares; the suite may be JavaScript. */
import { isObject } from '../../src/json.ts';
import { allKinds } from '../../suites/resources.ts';

const functions = ['remove', 'find', 'list', 'create'] as const;

/** What is wrong with them as a predicate; undefined when nothing is. */
export function wrongResourceTypes(types: unknown): string | undefined {
  if (!Array.isArray(types)) return 'has resourceTypes that are not a list';
  const known = new Set(allKinds.map(({ type }) => type));
  for (const one of types as readonly unknown[]) {
    if (!isObject(one) || functions.some((name) => typeof one[name] !== 'function') || !isObject(one.changes))
      return 'has a resource type that was not made by defineResourceType';
    const { type, capacity } = one;
    if (typeof type !== 'string' || !/^[a-z][a-z0-9-]*$/.test(type))
      return `has the resource type ${JSON.stringify(type)}; use lower-case letters, digits and dashes`;
    if (known.has(type)) return `has the resource type ${type}, which exists already; choose another name`;
    known.add(type);
    if (capacity !== undefined && !isCapacity(capacity))
      return `has the resource type ${type} with a capacity that is not { limit: 10, ofOneCase: 2 }`;
  }
  return undefined;
}

function isCapacity(capacity: unknown): boolean {
  if (!isObject(capacity)) return false;
  return [capacity.limit, capacity.ofOneCase].every((count) => Number.isInteger(count) && Number(count) > 0);
}
