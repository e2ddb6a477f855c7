import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { JsonSchema } from '../../src/schema/json-schema.ts';
import { schemaFiles } from '../../src/schema/schema-files.ts';
import { checkSchema } from '../../src/schema/validators.ts';
import { assembleOwn } from '../assembly/compute-specs.ts';

const files = schemaFiles(assembleOwn().contract);
const folder = new URL('../../schemas/', import.meta.url);
const schemas = files.filter(({ path }) => !/(contract|index)\.json$/.test(path));

test('the committed files are those that the texts give; `npm run schemas` makes them', () => {
  const present = readdirSync(new URL('compute/', folder), { recursive: true, encoding: 'utf8' });
  const committed = present.filter((name) => name.endsWith('.json')).map((name) => `compute/${name}`);
  expect(committed.sort()).toEqual(files.map(({ path }) => path));
  for (const { path, text } of files) expect(readFileSync(new URL(path, folder), 'utf8'), path).toBe(text);
});

test('the same contract gives the same bytes', () => {
  expect(schemaFiles(assembleOwn().contract)).toEqual(files);
});

test.each(schemas.map(({ path, text }) => [path, text] as const))(
  '%s is a sound schema under its own name',
  (path, text) => {
    const schema = JSON.parse(text) as JsonSchema;
    expect(schema.$id).toBe(path);
    expect(() => {
      checkSchema(schema);
    }).not.toThrow();
  },
);

test('every schema of a whole body is closed and names its clauses', () => {
  for (const { path, text } of schemas.filter((file) => !file.path.includes('.query.'))) {
    expect(
      objectsIn(JSON.parse(text)).every((schema) => schema.additionalProperties === false && schema['x-closed']),
      path,
    ).toBe(true);
  }
});

test('every property names the clause it comes from', () => {
  for (const { path, text } of schemas) {
    const properties = objectsIn(JSON.parse(text)).flatMap((schema) => Object.values(schema.properties ?? {}));
    expect(
      properties.filter((property) => property['x-clause'] === undefined),
      path,
    ).toEqual([]);
  }
});

function objectsIn(value: unknown): readonly JsonSchema[] {
  if (value === null || typeof value !== 'object') return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return 'type' in value && (value as JsonSchema).type === 'object' ? [value as JsonSchema, ...inner] : inner;
}
