/** The JSON Schema files of the records follow from the declarations. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { recordSchemas } from '../../src/records/schema-files.ts';

const folder = new URL('../../src/records/', import.meta.url);
const schemas = [...recordSchemas()];

test('the folder has the files of all declarations and no others', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.schema.json'));
  expect(files.sort()).toEqual(schemas.map(([name]) => name).sort());
});

test.each(schemas)('%s is what its declaration gives; `npm run records` writes it', (name, schema) => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(schema));
});

test.each(schemas)('%s is a valid schema in the strictest reading', (_, schema) => {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
  formats.default(ajv);
  expect(() => ajv.compile(schema as object)).not.toThrow();
});
