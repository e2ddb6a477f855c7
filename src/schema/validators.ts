/**
 * Compiled schemas, each made when it is first needed. Records have their own (`src/records/parser.ts`).
 */
import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import { annotations, type JsonSchema } from './json-schema.ts';

export type SchemaError = ErrorObject<string, Readonly<Record<string, unknown>>> & {
  readonly parentSchema?: JsonSchema;
};

/** The first error, in almost no time, or undefined when the value matches. */
export function firstError(schema: JsonSchema, value: unknown): SchemaError | undefined {
  return errorsOf(quick(schema), value)[0];
}

/** All errors; for values of limited size. */
export function allErrors(schema: JsonSchema, value: unknown): readonly SchemaError[] {
  return errorsOf(thorough(schema), value);
}

/** @throws when the schema itself is not sound. */
export function checkSchema(schema: JsonSchema): void {
  compiler({ allErrors: false, validateSchema: true }).compile(schema);
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

function compiler(options: Options): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, ownProperties: true, verbose: true, ...options });
  ajv.addVocabulary([...annotations]);
  ajv.addFormat('uuid', uuid);
  return ajv;
}

const quick = compiled({ allErrors: false, validateSchema: false });
const thorough = compiled({ allErrors: true, validateSchema: false });

function compiled(options: Options): (schema: JsonSchema) => ValidateFunction {
  const made = new WeakMap<JsonSchema, ValidateFunction>();
  let ajv: Ajv2020 | undefined;
  return (schema) => {
    const known = made.get(schema);
    if (known) return known;
    ajv ??= compiler(options);
    const validate = ajv.compile(schema);
    made.set(schema, validate);
    return validate;
  };
}

function errorsOf(validate: ValidateFunction, value: unknown): readonly SchemaError[] {
  return validate(value) ? [] : ((validate.errors ?? []) as readonly SchemaError[]);
}
