/** Edits a member of a body by its path, in every item of the arrays on the path. */
import { ITEMS, KEYS } from '../../contract/members.ts';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';

export type Edit = (object: JsonObject, name: string) => JsonObject;

/** Undefined when there is nothing at the path. */
export function editAt(
  value: Json,
  path: readonly string[],
  edit: Edit,
  where: 'where it is' | 'anywhere',
): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  if (key === ITEMS) {
    if (!Array.isArray(value) || value.length === 0) return undefined;
    const items = (value as readonly Json[]).map((item) => editAt(item, rest, edit, where));
    return items.some((item) => item !== undefined) ? items.map((item, at) => item ?? (value[at] as Json)) : undefined;
  }
  if (!isJsonObject(value)) return undefined;
  if (key === KEYS) {
    const inner = Object.entries(value).map(([name, item]) => [name, item, editAt(item, rest, edit, where)] as const);
    if (inner.every(([, , edited]) => edited === undefined)) return undefined;
    return Object.fromEntries(inner.map(([name, item, edited]) => [name, edited ?? item]));
  }
  if (rest.length === 0) return where === 'anywhere' || Object.hasOwn(value, key) ? edit(value, key) : undefined;
  const inner = value[key];
  const edited = inner === undefined ? undefined : editAt(inner, rest, edit, where);
  return edited === undefined ? undefined : { ...value, [key]: edited };
}
