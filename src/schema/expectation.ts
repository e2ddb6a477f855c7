/** Words errors of the validator: where, and what was expected there. */
import type { JsonSchema } from './json-schema.ts';
import type { SchemaError } from './validators.ts';

/** A surplus member is pointed at itself, everything else where the validator points. */
export function pointerOf({ instancePath, keyword, params }: SchemaError): string {
  return keyword === 'additionalProperties' ? `${instancePath}/${escaped(params.additionalProperty)}` : instancePath;
}

export function expectationOf({ keyword, params, parentSchema = {} }: SchemaError): string {
  switch (keyword) {
    case 'required':
      return `a member ${JSON.stringify(params.missingProperty)}`;
    case 'additionalProperties':
      return `no member ${JSON.stringify(params.additionalProperty)}`;
    case 'minItems':
      return `a list with at least ${String(params.limit)} entries`;
    default:
      return describe(parentSchema);
  }
}

/** `a string of 1 to 60 characters that matches …`, `an object or null`, `one of true, false`. */
export function describe(schema: JsonSchema): string {
  if (schema.anyOf) return schema.anyOf.map(describe).join('; or ');
  if (schema.enum) return `one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`;
  const types = [schema.type ?? []].flat().map((type) => named(type, schema));
  return types.length > 0 ? types.join(' or ') : 'any value';
}

function named(type: string, schema: JsonSchema): string {
  switch (type) {
    case 'string':
      return schema.format === 'uuid' ? 'a UUID' : ['a string', ...limitsOfText(schema)].join(' ');
    case 'integer':
      return ['a whole number', ...limitsOfNumber(schema)].join(' ');
    case 'number':
      return ['a number', ...limitsOfNumber(schema)].join(' ');
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'object':
      return 'an object';
    default:
      return type;
  }
}

function limitsOfText({ minLength, maxLength, pattern, format }: JsonSchema): readonly string[] {
  return [
    ...(minLength === undefined && maxLength === undefined ? [] : [`of ${between(minLength, maxLength)} characters`]),
    ...(format === undefined ? [] : [`in the format ${format}`]),
    ...(pattern === undefined ? [] : [`that matches ${pattern}`]),
  ];
}

function limitsOfNumber({ minimum, maximum }: JsonSchema): readonly string[] {
  return minimum === undefined && maximum === undefined ? [] : [`of ${between(minimum, maximum)}`];
}

function between(low: number | undefined, high: number | undefined): string {
  if (high === undefined) return `at least ${String(low)}`;
  return low === undefined ? `at most ${high}` : `${low} to ${high}`;
}

function escaped(key: unknown): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}
