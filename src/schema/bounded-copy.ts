/**
 * A value cut to a size at which all its departures can be collected: the first entries of lists, the first surplus
 * keys of objects. Nothing that a schema knows is cut, and depth is that of the schema.
 */
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { JsonSchema } from './json-schema.ts';

const MOST_ITEMS = 100;
const MOST_SURPLUS_KEYS = 20;

export function boundedCopy(schema: JsonSchema | undefined, value: Json): Json {
  if (!schema || value === null || typeof value !== 'object') return value;
  if (isJsonObject(value)) return boundedObject(schema, value);
  const items = schemasOf(schema).find((option) => option.items)?.items;
  return value.slice(0, MOST_ITEMS).map((item) => boundedCopy(items, item));
}

function boundedObject(schema: JsonSchema, value: JsonObject): Json {
  const properties = schemasOf(schema).find((option) => option.properties)?.properties ?? {};
  const values = schemasOf(schema)
    .map(({ additionalProperties }) => additionalProperties)
    .find((inner) => typeof inner === 'object');
  const known = Object.keys(properties).filter((key) => Object.hasOwn(value, key));
  const surplus = firstKeys(value, (key) => !Object.hasOwn(properties, key));
  return Object.fromEntries(
    [...known, ...surplus].map((key) => [key, boundedCopy(ownSchema(properties, key) ?? values, value[key] ?? null)]),
  );
}

function firstKeys(value: JsonObject, wanted: (key: string) => boolean): readonly string[] {
  const found: string[] = [];
  for (const key in value) {
    if (found.length === MOST_SURPLUS_KEYS) break;
    if (Object.hasOwn(value, key) && wanted(key)) found.push(key);
  }
  return found;
}

function ownSchema(properties: Readonly<Record<string, JsonSchema>>, key: string): JsonSchema | undefined {
  return Object.hasOwn(properties, key) ? properties[key] : undefined;
}

function schemasOf(schema: JsonSchema): readonly JsonSchema[] {
  return [schema, ...(schema.anyOf ?? [])];
}
