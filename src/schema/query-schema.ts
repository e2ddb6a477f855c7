/**
 * The query of a request as JSON Schema: an object of texts, where a repeated parameter is a list of texts.
 */
import { clauseId } from '../contract/clause-names.ts';
import type { Message, Operation, Parameter, Shape } from '../contract/model.ts';
import type { JsonSchema } from './json-schema.ts';

/** Undefined when nothing is said about the query. */
export function querySchema({ query, unknownQuery }: Message, operation: Operation): JsonSchema | undefined {
  if (query.length === 0 && unknownQuery !== 'rejected') return undefined;
  const properties = query.map((parameter) => [parameter.name, parameterSchema(parameter, operation)] as const);
  const required = query.filter((parameter) => parameter.required).map(({ name }) => name);
  const closed = { clause: clauseId(operation, { about: 'unknown-query' }) };
  return {
    type: 'object',
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
    ...(required.length > 0 && { required }),
    ...(unknownQuery === 'rejected' && { additionalProperties: false, 'x-closed': closed }),
  };
}

function parameterSchema({ name, shape }: Parameter, operation: Operation): JsonSchema {
  const text = textSchema(shape);
  return {
    anyOf: [text, { type: 'array', items: text, minItems: 1 }],
    'x-clause': clauseId(operation, { about: 'query', name }),
  };
}

/** Which texts stand for a value of the shape; numbers have no sign when the contract sets their minimum at 0. */
function textSchema(shape: Shape): JsonSchema {
  if (shape.type === 'integer') return { type: 'string', pattern: unsigned(shape) ? '^[0-9]+$' : '^-?[0-9]+$' };
  if (shape.type === 'number') return { type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+)?$' };
  if (!('facets' in shape)) return { type: 'string' };
  const { pattern, minLength, maxLength, enum: values } = shape.facets ?? {};
  return {
    type: 'string',
    ...(pattern !== undefined && { pattern }),
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
    ...(values && { enum: values }),
  };
}

function unsigned(shape: Shape): boolean {
  return shape.type === 'integer' && (shape.facets?.minimum ?? -1) >= 0;
}
