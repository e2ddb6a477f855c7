/** The body that an operation takes; where several share a call, one of theirs, distinguished by its only key. */
import { decisiveMember } from '../contract/discriminator.ts';
import type { Shape } from '../contract/model.ts';
import { bodyWithKey, plainSchema, type SchemaShelf } from './body-schemas.ts';
import type { Group, Variant } from './group-operations.ts';
import type { MediaType, Reference, RequestBody } from './openapi-types.ts';

/** Methods for which OpenAPI gives a body no meaning. */
const bodiless: readonly string[] = ['GET', 'HEAD', 'DELETE'];

export function requestBodyOf({ method, variants }: Group, fixturePool: SchemaShelf): RequestBody | undefined {
  const documented = variants.flatMap((variant) => shapeOf(variant) ?? []);
  const isSilent = variants.some(({ revision }) => revision.request.body.kind === 'undocumented');
  if (bodiless.includes(method) && documented.length === 0) return undefined;
  if (documented.length === 0) return isSilent ? { required: false, content: json({ schema: {} }) } : undefined;
  const required = documented.length === variants.length;
  if (variants.length === 1) return { required, content: json({ schema: alone(documented, fixturePool) }) };
  const references = documented.map(({ variant, shape }) => {
    return fixturePool.put(`${words(variant)}-request`, bodyWithKey(shape, variant.operation));
  });
  const apart = areApart(documented.map(({ variant }) => decisiveMember(variant.operation.when)));
  const [only, ...others] = references;
  if (only && others.length === 0) return { required, content: json({ schema: only }) };
  return { required, content: json({ schema: apart ? { oneOf: references } : { anyOf: references } }) };
}

interface Documented {
  readonly variant: Variant;
  readonly shape: Shape;
}

function shapeOf(variant: Variant): Documented | undefined {
  const { body } = variant.revision.request;
  return body.kind === 'json' ? { variant, shape: body.shape } : undefined;
}

function alone([documented]: readonly Documented[], fixturePool: SchemaShelf): Reference | MediaType['schema'] {
  if (!documented) return {};
  const { variant, shape } = documented;
  return fixturePool.put(`${words(variant)}-request`, plainSchema(shape, variant.operation, 'request'));
}

/** What each of those that share a call is called: by the key in the body where that distinguishes them, else by its id. */
export function namesOf(variants: readonly Variant[]): ReadonlyMap<Variant, string> {
  const keys = variants.map(({ operation }) => decisiveMember(operation.when));
  return new Map(variants.map((variant, index) => [variant, areApart(keys) ? (keys[index] ?? '') : words(variant)]));
}

function areApart(keys: readonly (string | undefined)[]): boolean {
  return keys.every((key) => key !== undefined) && new Set(keys).size === keys.length;
}

export function words({ operation: { id } }: Variant): string {
  return id.slice(id.indexOf('/') + 1);
}

export function json(media: MediaType): Readonly<Record<string, MediaType>> {
  return { 'application/json': media };
}
