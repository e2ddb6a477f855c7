/** Copies of request bodies with and without a member. */
import { isJsonObject, type JsonObject } from '../json.ts';

/** A copy of an object with the value at a path of keys set; missing objects on the path are created. */
export function withMember(object: JsonObject, path: readonly string[], value: JsonObject[string]): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return object;
  const inner = object[key];
  return { ...object, [key]: rest.length === 0 ? value : withMember(isJsonObject(inner) ? inner : {}, rest, value) };
}

/** A copy of an object without the member at a path of keys. */
export function withoutMember(object: JsonObject, path: readonly string[]): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined || !Object.hasOwn(object, key)) return object;
  if (rest.length === 0) return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
  const inner = object[key];
  return isJsonObject(inner) ? { ...object, [key]: withoutMember(inner, rest) } : object;
}
