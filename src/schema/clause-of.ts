/** Which clause a departure belongs to, by the annotations of the schema. */
import type { JsonSchema } from './json-schema.ts';
import type { SchemaError } from './validators.ts';

/** That of the member at fault, else that of the nearest value around it. */
export function clauseOf(error: SchemaError, schema: JsonSchema): string | undefined {
  const { keyword, params, parentSchema } = error;
  const name = String(params.missingProperty ?? params.additionalProperty);
  if (keyword === 'required') {
    const own = ownProperty(parentSchema?.properties, name)?.['x-clause'];
    if (own !== undefined) return own;
  }
  if (keyword === 'additionalProperties' && parentSchema?.['x-closed']) {
    const { clause, absent } = parentSchema['x-closed'];
    return ownProperty(absent, name) ?? clause;
  }
  return nearestClause(schema, error.instancePath);
}

function nearestClause(schema: JsonSchema, instancePath: string): string | undefined {
  const keys = instancePath.split('/').slice(1).map(unescaped);
  let place: JsonSchema | undefined = schema;
  let clause = schema['x-clause'];
  for (const key of keys) {
    place = place && inside(place, key);
    clause = place?.['x-clause'] ?? clause;
  }
  return clause;
}

/** The schema for a member, an item or what stands under a key of a map; of a choice the first option that has one. */
function inside(schema: JsonSchema, key: string): JsonSchema | undefined {
  const { additionalProperties: values } = schema;
  const own = ownProperty(schema.properties, key) ?? schema.items ?? (values === false ? undefined : values);
  return own ?? schema.anyOf?.map((option) => inside(option, key)).find((option) => option !== undefined);
}

function ownProperty<T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return map && Object.hasOwn(map, key) ? map[key] : undefined;
}

function unescaped(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}
