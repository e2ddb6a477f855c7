/** The JSON Schema document of a declaration. */
import type { TSchema } from 'typebox/type';
import { definitionKey, type Definition } from './declare.ts';

type Schema = Readonly<Record<string, unknown>>;

export interface Heading {
  /** `report`: part of the `$id`. */
  readonly id: string;
  readonly title: string;
}

/** As published: objects have no members but the declared ones. */
export function publishedDocument({ id, title }: Heading, declaration: TSchema): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:openstack-conformance:${id}:1`,
    title,
    ...documentOf(declaration, closed),
  };
}

/** For the parser, which ignores members that a later release may add. */
export function lenientDocument(declaration: TSchema): Schema {
  return documentOf(declaration, (schema) => schema);
}

type Finish = (schema: Schema) => Schema;

function closed(schema: Schema): Schema {
  // The keyword is OpenAPI's; the alternatives say the same with `const`.
  const { discriminator, ...plain } = schema;
  const kept = discriminator === undefined ? schema : plain;
  const isOpen = kept.type !== 'object' || !('properties' in kept) || 'additionalProperties' in kept;
  return isOpen ? kept : { ...kept, additionalProperties: false };
}

function documentOf(declaration: TSchema, finish: Finish): Schema {
  const definitions = new Map<string, Schema>();
  const visit = (schema: Schema): Schema => {
    const { [definitionKey]: definition, ...plain } = schema;
    if (definition === undefined) return finish(mapSubschemas(plain, visit));
    const { name, schema: defined } = definition as Definition;
    if (!definitions.has(name)) {
      definitions.set(name, {});
      definitions.set(name, visit(defined as Schema));
    }
    const { description } = plain;
    const isOwn = description !== (defined as Schema).description;
    return { $ref: `#/$defs/${name}`, ...(isOwn && { description }) };
  };
  const root = visit(declaration as Schema);
  return { ...root, ...(definitions.size > 0 && { $defs: Object.fromEntries(definitions) }) };
}

const single = new Set(['items', 'additionalProperties', 'if', 'then', 'else']);
const several = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);

function mapSubschemas(schema: Schema, visit: (schema: Schema) => Schema): Schema {
  const entries = Object.entries(schema).map(([keyword, value]): readonly [string, unknown] => {
    if (keyword === 'properties') return [keyword, mapValues(value as Readonly<Record<string, Schema>>, visit)];
    if (several.has(keyword)) return [keyword, (value as readonly Schema[]).map(visit)];
    return [keyword, single.has(keyword) && typeof value === 'object' ? visit(value as Schema) : value];
  });
  return Object.fromEntries(entries);
}

function mapValues(members: Readonly<Record<string, Schema>>, visit: (schema: Schema) => Schema): Schema {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, typeof value === 'object' ? visit(value) : value]),
  );
}
