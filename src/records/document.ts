/** The JSON Schema document of a declaration. */
import type { Declaration } from './declaration.ts';
import { definitionKey, type Definition } from './declare.ts';

type Schema = Readonly<Record<string, unknown>>;

export interface Heading {
  /** `report`: part of the `$id`. */
  readonly id: string;
  readonly title: string;
}

/** As published: objects have no members but the declared ones. */
export function publishedDocument({ id, title }: Heading, declaration: Declaration<unknown>): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:openstack-conformance:${id}:1`,
    title,
    ...documentOf(schemaOf(declaration), closed),
  };
}

/**
 * For parsers: one document, which has each declaration under `properties`. Members that a later release may add are
 * ignored.
 */
export function parserDocument(declarations: Readonly<Record<string, Declaration<unknown>>>): Schema {
  return documentOf({ type: 'object', properties: declarations }, withoutDescription);
}

function schemaOf(declaration: Declaration<unknown>): Schema {
  return declaration as unknown as Schema;
}

type Finish = (schema: Schema) => Schema;

function closed(schema: Schema): Schema {
  // The keyword is OpenAPI's; the alternatives say the same with `const`.
  const { discriminator, ...plain } = schema;
  const kept = discriminator === undefined ? schema : plain;
  const isOpen = kept.type !== 'object' || !('properties' in kept) || 'additionalProperties' in kept;
  return isOpen ? kept : { ...kept, additionalProperties: false };
}

function withoutDescription(schema: Schema): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== 'description'));
}

/** @throws when two definitions have the same name */
function documentOf(declaration: Schema, finish: Finish): Schema {
  const definitions = new Map<string, Schema>();
  const sources = new Map<string, unknown>();
  const visit = (schema: Schema): Schema => {
    const { [definitionKey]: definition, ...plain } = schema;
    if (definition === undefined) return finish(mapSubschemas(plain, visit));
    const { name, schema: defined } = definition as Definition;
    if (sources.has(name) && sources.get(name) !== defined) throw new Error(`There are two definitions ${name}.`);
    if (!sources.has(name)) {
      sources.set(name, defined);
      // Keeps the order of a definition that contains others.
      definitions.set(name, {});
      definitions.set(name, visit(schemaOf(defined)));
    }
    const { description } = plain;
    const isOwn = description !== schemaOf(defined).description;
    return finish({ $ref: `#/$defs/${name}`, ...(isOwn && { description }) });
  };
  const root = visit(declaration);
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
