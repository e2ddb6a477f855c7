/** The bodies of operations as named schemas of one document, without the annotations that lead to our clauses. */
import type { BodySide } from '../contract/members.ts';
import { rootObject } from '../contract/members.ts';
import type { Operation, Shape } from '../contract/model.ts';
import type { Json, JsonObject } from '../json.ts';
import { references, type JsonSchema } from '../schema/json-schema.ts';
import { shapeSchema, sideContext } from '../schema/shape-schema.ts';
import type { Reference } from './openapi-types.ts';

export interface SchemaShelf {
  readonly schemas: ReadonlyMap<string, JsonSchema>;
  /** Puts the schema there under the name and gives the way to it. */
  readonly put: (name: string, schema: JsonSchema) => Reference;
}

export function schemaShelf(): SchemaShelf {
  const schemas = new Map<string, JsonSchema>();
  return {
    schemas,
    put: (name, schema) => {
      schemas.set(name, schema);
      return { $ref: `#/components/schemas/${name}` };
    },
  };
}

export function plainSchema(shape: Shape, operation: Operation, side: BodySide): JsonSchema {
  return withoutAnnotations(shapeSchema(shape, [], sideContext(operation, side)) as unknown as Json) as JsonSchema;
}

/** A body that is distinguished from others by its only key has to have that key. */
export function bodyWithKey(shape: Shape, operation: Operation): JsonSchema {
  const schema = plainSchema(shape, operation, 'request');
  const key = onlyKey(shape);
  return key === undefined ? schema : { ...schema, required: [key] };
}

/** The key under which everything in the body stands. */
export function onlyKey(shape: Shape): string | undefined {
  const members = shape.type === 'object' ? rootObject(shape)?.members : undefined;
  return members?.length === 1 ? members[0]?.name : undefined;
}

/** Members may be called like an annotation; only the keywords go. */
function withoutAnnotations(schema: Json): Json {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map(withoutAnnotations);
  if (schema === null || typeof schema !== 'object') return schema;
  const kept = Object.entries(schema as JsonObject).filter(([key]) => !(references as readonly string[]).includes(key));
  return {
    ...Object.fromEntries(kept.map(([key, value]) => [key, innerOf(key, value)])),
    ...anyKeys(schema as JsonObject),
  };
}

/** A free-form map says so: without the word generators of clients take it for an object without members. */
function anyKeys({ type, properties, additionalProperties }: JsonObject): JsonObject {
  const isObject = [type].flat().includes('object');
  return isObject && properties === undefined && additionalProperties === undefined
    ? { additionalProperties: true }
    : {};
}

function innerOf(key: string, value: Json): Json {
  if (key === 'enum' || key === 'required') return value;
  if (key !== 'properties') return withoutAnnotations(value);
  const members = value as JsonObject;
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, withoutAnnotations(member)]));
}
