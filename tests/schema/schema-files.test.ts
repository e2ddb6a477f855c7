import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Operation } from '../../src/contract/model.ts';
import type { JsonSchema } from '../../src/schema/json-schema.ts';
import { schemaFiles } from '../../src/schema/schema-files.ts';
import { sideSchemas } from '../../src/schema/side-schemas.ts';
import { checkSchema } from '../../src/schema/validators.ts';
import { assembleAll, assembleOwn } from '../assembly/compute-specs.ts';

const { contract, draft } = assembleAll();
const files = schemaFiles(draft);
const own = new Set(assembleOwn().contract.operations.map(({ id }) => id));
const folder = new URL('../../schemas/', import.meta.url);

/** The schemas of an operation. */
interface OperationFile {
  readonly $id: string;
  readonly 'x-sides': Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly $defs: Readonly<Record<string, JsonSchema>>;
}

const rows = contract.operations.map((operation) => {
  const path = `${operation.id}.json`;
  const text = files.find((file) => file.path === path)?.text ?? '{}';
  return { path, operation, schema: JSON.parse(text) as OperationFile };
});

test('the committed files are those that the texts give; `npm run schemas` makes them', () => {
  const present = readdirSync(new URL('compute/', folder), { recursive: true, encoding: 'utf8' });
  const committed = present.filter((name) => name.endsWith('.json')).map((name) => `compute/${name}`);
  expect(committed.sort()).toEqual(files.map(({ path }) => path));
  for (const { path, text } of files) expect(readFileSync(new URL(path, folder), 'utf8'), path).toBe(text);
});

test('the same contract gives the same bytes', () => {
  expect(schemaFiles(assembleAll().draft)).toEqual(files);
});

const ownRows = rows.filter(({ operation }) => own.has(operation.id));

test.each(ownRows)('$path is a sound schema under its own name, definition by definition', ({ path, schema }) => {
  expect(schema.$id).toBe(path);
  expect(() => {
    checkAll(schema);
  }).not.toThrow();
});

function checkAll(schema: OperationFile): void {
  const all = Object.keys(schema.$defs).map((name) => ({ $ref: `#/$defs/${encodeURIComponent(name)}` }));
  checkSchema({ ...withoutSides(schema), ...(all.length > 0 && { anyOf: all }) });
}

test('the file of each operation holds what its schemas hold', () => {
  for (const { operation, schema } of rows) holdsAll(operation, schema);
});

function holdsAll(operation: Operation, schema: OperationFile): void {
  for (const [side, pieces] of sideSchemas(operation)) {
    const held = Object.values(schema['x-sides'][side] ?? {}).map((place) => resolved(place, schema, operation.id));
    const expected = pieces.map(({ content }) => (content.kind === 'json' ? content.schema : `(${content.kind})`));
    expect(held, `${operation.id} ${side}`).toEqual(expected);
  }
}

test('every schema of a body that our texts describe is closed and names its clauses', () => {
  for (const { path, schema } of ownRows) {
    const bodies = Object.entries(schema.$defs).filter(([name]) => !name.startsWith('query'));
    const open = bodies
      .flatMap(([, body]) => objectsIn(body))
      // An object without documented members is a map of any keys, such as the metadata of a server group.
      .filter(({ properties = {} }) => Object.keys(properties).length > 0)
      .filter((object) => object.additionalProperties !== false || !object['x-closed']);
    expect(open, path).toEqual([]);
  }
});

test('all schemas of imported operations compile', () => {
  for (const { path, schema } of rows.filter(({ operation }) => !own.has(operation.id))) {
    expect(() => {
      checkAll(schema);
    }, path).not.toThrow();
  }
});

test('every property names the clause it comes from', () => {
  for (const { path, schema } of rows) {
    const properties = Object.values(schema.$defs)
      .flatMap(objectsIn)
      .flatMap((object) => Object.values(object.properties ?? {}));
    expect(
      properties.filter((property) => property['x-clause'] === undefined && property.$ref === undefined),
      path,
    ).toEqual([]);
  }
});

/** With every reference written out, and clauses under their full ids. */
function resolved(place: string, file: OperationFile, operation: string): unknown {
  if (!place.startsWith('#/$defs/')) return place;
  const text = JSON.stringify(file.$defs[place.slice('#/$defs/'.length)], (key, value: unknown) => {
    if (typeof value === 'string' && value.startsWith('#') && !value.startsWith('#/')) return operation + value;
    const { $ref } = (value ?? {}) as JsonSchema;
    return $ref === undefined || key === '' ? value : resolved($ref, file, operation);
  });
  return JSON.parse(text) as unknown;
}

/** The validator need not know what leads from sides to definitions. */
function withoutSides(file: OperationFile): JsonSchema {
  return Object.fromEntries(Object.entries(file).filter(([key]) => !key.startsWith('x-')));
}

function objectsIn(value: unknown): readonly JsonSchema[] {
  if (value === null || typeof value !== 'object') return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return 'type' in value && (value as JsonSchema).type === 'object' ? [value as JsonSchema, ...inner] : inner;
}
