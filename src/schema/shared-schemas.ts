/**
 * Schemas as definitions beside each other: what stands in them more than once becomes a definition of its own, named
 * for the member that it describes.
 */
import { kebab } from '../contract/clause-names.ts';
import type { JsonSchema } from './json-schema.ts';

/** A shorter schema is written out: a reference would not be shorter. */
const SHORTEST = 60;

type Named = readonly (readonly [string, JsonSchema])[];

/** The given ones first, then those that they share, in the order in which they are met. */
export function sharedSchemas(schemas: Named): Named {
  const counts = new Map<string, number>();
  for (const [, schema] of schemas) eachInside(schema, (inner) => count(inner, counts));
  const names = new Map<string, string>();
  const shared: [string, JsonSchema][] = [];
  const put = (schema: JsonSchema, name: string): JsonSchema => {
    const text = JSON.stringify(schema);
    if (text.length < SHORTEST || (counts.get(text) ?? 0) < 2) return replaced(schema, name, put);
    const known = names.get(text);
    if (known !== undefined) return { $ref: `#/$defs/${known}` };
    const own = firstFree(kebab(name), new Set(names.values()));
    names.set(text, own);
    const place = shared.push([own, schema]) - 1;
    shared[place] = [own, replaced(schema, name, put)];
    return { $ref: `#/$defs/${own}` };
  };
  const given = schemas.map(([name, schema]) => [name, replaced(schema, 'body', put)] as const);
  return [...given, ...shared];
}

/** What stands inside of something that was met before is not counted again: it will be there once. */
function count(schema: JsonSchema, counts: Map<string, number>): void {
  const text = JSON.stringify(schema);
  const before = counts.get(text) ?? 0;
  counts.set(text, before + 1);
  if (before === 0) eachInside(schema, (inner) => count(inner, counts));
}

function eachInside(
  { properties = {}, items, anyOf = [], additionalProperties: values }: JsonSchema,
  visit: (schema: JsonSchema) => void,
): void {
  const single = [...(items ? [items] : []), ...(values ? [values] : [])];
  for (const schema of [...Object.values(properties), ...single, ...anyOf]) visit(schema);
}

type Put = (schema: JsonSchema, name: string) => JsonSchema;

function replaced(schema: JsonSchema, name: string, put: Put): JsonSchema {
  const { properties, items, anyOf, additionalProperties: values } = schema;
  const inner = Object.entries(properties ?? {}).map(([key, member]) => [key, put(member, key)] as const);
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(inner) }),
    ...(items && { items: put(items, `${name}-item`) }),
    ...(values && { additionalProperties: put(values, `${name}-value`) }),
    ...(anyOf && { anyOf: anyOf.map((option) => put(option, `${name}-form`)) }),
  };
}

function firstFree(name: string, taken: ReadonlySet<string>): string {
  let next = name;
  for (let index = 2; taken.has(next); index++) next = `${name}-${index}`;
  return next;
}
