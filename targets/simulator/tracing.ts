/**
 * Records which rules a request reads: a fault that changes none of them cannot affect the request.
 */

import type { Behaviour } from './behaviour.ts';

/** Paths such as `compute.gates.multiattach`: leaves and their ancestors. */
export type Paths = Set<string>;

/** The same rules; adds every path that is read to `read`. */
export function traced(behaviour: Behaviour, read: Paths): Behaviour {
  return watch(behaviour, '', read);
}

/** The topmost paths at which two sets of rules differ. */
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
