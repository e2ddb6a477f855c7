/** Parameters of an operation; of one that stands for several, those of all of them. */
import type { Operation, Parameter } from '../contract/model.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { plainSchema } from './body-schemas.ts';
import { namesIn, type Group, type Variant } from './group-operations.ts';
import type { ParameterObject } from './openapi-types.ts';

/** What other parts of the document say; OpenAPI has readers ignore the first three. */
const elsewhere: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization', 'x-auth-token']);

export function parametersOf({ path, variants }: Group): readonly ParameterObject[] {
  return [
    ...namesIn(path).map((name) => pathParameter(name, variants)),
    ...merged('query', variants),
    ...merged('header', variants).filter(({ name }) => !elsewhere.has(name.toLowerCase())),
  ];
}

/** A name in the path that nobody lists is text. */
function pathParameter(name: string, variants: readonly Variant[]): ParameterObject {
  const [listed] = variants.flatMap(({ operation, revision }) => {
    return revision.request.path.filter((parameter) => parameter.name === name).map((one) => schemaOf(one, operation));
  });
  return { name, in: 'path', required: true, schema: listed ?? { type: 'string' } };
}

function merged(place: 'query' | 'header', variants: readonly Variant[]): readonly ParameterObject[] {
  const byName = new Map<string, ParameterObject>();
  const everywhere = (name: string): boolean =>
    variants.every(({ revision }) => revision.request[place].some((one) => one.name === name && one.required));
  for (const { operation, revision } of variants) {
    for (const parameter of revision.request[place]) {
      const { name } = parameter;
      if (byName.has(name)) continue;
      byName.set(name, { name, in: place, required: everywhere(name), schema: schemaOf(parameter, operation) });
    }
  }
  return [...byName.values()];
}

/** Where the reference does not tell the type, it is text all the same. */
function schemaOf({ shape }: Parameter, operation: Operation): JsonSchema {
  if (shape.type === 'any' || shape.type === 'null') return { type: 'string' };
  const schema = plainSchema(shape, operation, 'request');
  return shape.type === 'array' && shape.items.type === 'any' ? { ...schema, items: { type: 'string' } } : schema;
}
