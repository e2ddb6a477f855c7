/**
 * Which rules a request makes the cloud look at: a fault that changes none of them cannot touch the request.
 */

import type { Behaviour } from './behaviour.ts';

/** Paths such as `compute.gates.multiattach`, leaves and what leads to them. */
export type Paths = Set<string>;

/** The same rules; whatever is read of them is noted. */
export function traced(behaviour: Behaviour, read: Paths): Behaviour {
  return watch(behaviour, '', read);
}

/** Where two sets of rules differ: the highest places that do. */
export function changedPaths(before: unknown, after: unknown, at = ''): readonly string[] {
  if (Object.is(before, after)) return [];
  if (!isPlain(before) || !isPlain(after)) return [at];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => changedPaths(before[name], after[name], at === '' ? name : `${at}.${name}`));
}

function watch<T extends object>(rules: T, at: string, read: Paths): T {
  return new Proxy(rules, {
    get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof name === 'symbol' || (value !== undefined && !Object.hasOwn(target, name))) return value;
      const path = at === '' ? name : `${at}.${name}`;
      read.add(path);
      return isPlain(value) ? watch(value, path, read) : value;
    },
  });
}

/** Lists count as one leaf. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
