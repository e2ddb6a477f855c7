/** JSON values, read-only, and careful ways into values of unknown form. */
import { endOfString, letters, repeatedKey } from './repeated-key.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = Readonly<Record<string, Json>>;

/** A list that has at least one entry. */
export type NonEmpty<T> = readonly [T, ...(readonly T[])];

/** What is nested deeper is more than those who walk through it can follow, and taken for no JSON. */
const deepest = 200;

export type ReadJson =
  | { readonly is: 'json'; readonly value: Json }
  | { readonly is: 'no-json' }
  | { readonly is: 'too-deep' }
  | { readonly is: 'ambiguous'; readonly key: string };

/** A text from strangers: what not every reader would take for the same value is taken for none. */
export function readJson(text: string): ReadJson {
  if (isTooDeep(text)) return { is: 'too-deep' };
  try {
    const value = JSON.parse(text) as Json;
    const key = repeatedKey(text);
    return key === undefined ? { is: 'json', value } : { is: 'ambiguous', key };
  } catch {
    return { is: 'no-json' };
  }
}

/** Undefined when the text is not JSON, or none that can be relied on. */
export function parseJson(text: string): Json | undefined {
  const read = readJson(text);
  return read.is === 'json' ? read.value : undefined;
}

/** Looks at the text, since the value would have to be walked through. */
export function isTooDeep(text: string): boolean {
  if (text.length <= 2 * deepest) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case letters.quote:
        at = endOfString(text, at);
        break;
      case letters.brace:
      case letters.bracket:
        depth += 1;
        if (depth > deepest) return true;
        break;
      case letters.endOfBrace:
      case letters.endOfBracket:
        depth -= 1;
    }
  }
  return false;
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** For values that are no JSON yet, such as what a module exports. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value where it is an object, else an empty one. */
export function jsonObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The value where it is a list, else an empty one. */
export function jsonList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** The value where it is text, else undefined. */
export function jsonText(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What a JSON pointer (RFC 6901) points at; undefined when there is nothing. */
export function atPointer(value: Json | undefined, pointer: string): Json | undefined {
  const steps = pointer.split('/').slice(1);
  return steps.reduce<Json | undefined>((place, step) => {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(place)) return /^\d+$/.test(key) ? (place[Number(key)] as Json | undefined) : undefined;
    return isJsonObject(place) && Object.hasOwn(place, key) ? place[key] : undefined;
  }, value);
}

/** The kind of a value as JSON Schema names types. */
export function jsonType(value: Json): 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as 'boolean' | 'number' | 'string' | 'object';
}
