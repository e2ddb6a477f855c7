/**
 * Query strings: parsed as the web framework does, and validated against the shape of the operation, if any.
 */

import type { SimRequest } from '../kernel/http.ts';
import { badRequest, type Refusal } from '../kernel/refusal.ts';
import { deviation, isOffered, type Shape } from '../kernel/shape.ts';
import { unexpectedNames } from '../kernel/python-text.ts';
import type { ComputeCall } from './call.ts';

type Pair = readonly [name: string, value: string];

/** Names and values in order, or undefined when the bytes are not UTF-8. */
export function decodedQuery({ query }: SimRequest): readonly Pair[] | undefined {
  try {
    return query
      .split(/[&;]/)
      .filter((part) => part !== '')
      .map((part) => {
        const [name = '', ...value] = part.split('=');
        return [decoded(name), decoded(value.join('='))];
      });
  } catch {
    return undefined;
  }
}

/** The last value of a name. */
export function queryValue(request: SimRequest, name: string): string | undefined {
  return decodedQuery(request)?.findLast(([one]) => one === name)?.[1];
}

/** Validates every repetition of a known name; refuses unknown names only if `strict`. */
export function queryRefusal({ request, at }: ComputeCall, shape: Shape, strict: boolean): Refusal | undefined {
  const pairs = decodedQuery(request) ?? [];
  const known = Object.fromEntries(Object.entries(shape.properties ?? {}).filter(([, one]) => isOffered(one, at)));
  for (const [name, property] of Object.entries(known)) {
    for (const [, value] of pairs.filter(([one]) => one === name)) {
      const message = deviation(property, value, at);
      if (message === undefined) continue;
      return badRequest(`Invalid input for query parameters ${name}. Value: ${value}. ${message}`);
    }
  }
  const others = [...new Set(pairs.map(([name]) => name))].filter((name) => !Object.hasOwn(known, name));
  if (!strict || others.length === 0) return undefined;
  return badRequest(`Additional properties are not allowed ${unexpectedNames(others)}`);
}

/** A percent sign that begins no escape is literal. */
function decoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' ').replace(/%(?![0-9a-f]{2})/gi, '%25'));
}
