/** Copies of request bodies with and without a member. */
import { ITEMS } from '../contract/members.ts';
import { isJsonObject, jsonList, type Json, type JsonObject } from '../json.ts';

/**
 * A copy of an object with the value at a path of keys set; missing objects on the path are created. `[]` is the first
 * item of a list.
 */
export function withMember(object: JsonObject, path: readonly string[], value: JsonObject[string]): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return object;
  const inner = object[key];
  const set = (into: Json | undefined, keys: readonly string[]): Json =>
    keys.length === 0 ? value : withMember(isJsonObject(into) ? into : {}, keys, value);
  if (rest[0] !== ITEMS) return { ...object, [key]: set(inner, rest) };
  const [first, ...others] = jsonList(inner);
  return { ...object, [key]: [set(first, rest.slice(1)), ...others] };
}

/** A copy of an object without the member at a path of keys; `[]` is every item of a list. */
export function withoutMember(object: JsonObject, path: readonly string[]): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined || !Object.hasOwn(object, key)) return object;
  if (rest.length === 0) return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
  const inner = object[key];
  if (Array.isArray(inner) && rest[0] === ITEMS) {
    const items = (inner as readonly Json[]).map((one) =>
      isJsonObject(one) ? withoutMember(one, rest.slice(1)) : one,
    );
    return { ...object, [key]: items };
  }
  return isJsonObject(inner) ? { ...object, [key]: withoutMember(inner, rest) } : object;
}
