/** Validates output of the product against a JSON Schema that it publishes. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { readFileSync } from 'node:fs';

/** `name`: that of the file, `src/records/NAME.schema.json`. */
export function publishedSchema(name: string): ValidateFunction {
  const file = new URL(`../../src/records/${name}.schema.json`, import.meta.url);
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, strictRequired: false });
  formats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
}

/** The errors of a value, as JSON has it; none: it conforms. */
export function errorsIn(validate: ValidateFunction, value: unknown): ValidateFunction['errors'] {
  return validate(JSON.parse(JSON.stringify(value))) ? [] : validate.errors;
}
