/**
 * Maps method and path to an operation of one service.
 */

import type { Json } from './http.ts';
import findMyWay, { type HTTPMethod } from 'find-my-way';

export interface Route<Handle> {
  /** As in `compute/attach-volume`; where operations share the call, what a request shows of it. */
  readonly operation: string | SharedCall;
  readonly method: HTTPMethod;
  /** In find-my-way's notation, such as `/servers/:server_id`. */
  readonly path: string;
  readonly handle: Handle;
}

/** Which operation a request is for; undefined for none of them. The body is undefined if it is not JSON. */
export type SharedCall = (body: Json | undefined, params: Readonly<Record<string, string>>) => string | undefined;

export interface Match<Handle> {
  readonly route: Route<Handle>;
  readonly params: Readonly<Record<string, string>>;
}

export type Router<Handle> = (method: string, path: string) => Match<Handle> | undefined;

/** Routes every path below each of `prefixes`; by default without a prefix. */
export function router<Handle>(routes: readonly Route<Handle>[], prefixes: readonly string[] = ['']): Router<Handle> {
  const found = findMyWay({ maxParamLength: 20_000, caseSensitive: true });
  for (const route of routes) {
    for (const prefix of prefixes) found.on(route.method, prefix + route.path, neverCalled, route);
  }
  return (method, path) => {
    const result = found.find(method as HTTPMethod, path);
    if (!result) return undefined;
    const params = Object.entries(result.params).map(([name, value]) => [name, value ?? ''] as const);
    // The library accepts an empty parameter: a trailing slash would find an item without a name.
    if (params.some(([, value]) => value === '')) return undefined;
    return { route: result.store as Route<Handle>, params: Object.fromEntries(params) };
  };
}

/** The library requires a function per route; the service calls the handlers itself. */
function neverCalled(): void {
  throw new Error('routes are looked up, not run');
}
