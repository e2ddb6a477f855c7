/**
 * Builders for the declarations of records. A declaration is JSON Schema (`typebox`), so that the static type, the
 * parser and the published schema file follow from it. All types are read-only.
 */
import * as Type from 'typebox/type';
import type { Static, TArrayOptions, TObject, TProperties, TSchema } from 'typebox/type';
import type { Json, NonEmpty } from '../json.ts';
import type { Declaration, Of, OptionalDeclaration } from './declaration.ts';

/** Any JSON Schema as the declaration of a type. */
export function typed<T>(schema: TSchema): Declaration<T> {
  return Type.Unsafe<T>(schema);
}

/** The keyword that marks a declaration which schema files list by name under `$defs`. */
export const definitionKey = 'x-definition';

export interface Definition {
  readonly name: string;
  readonly schema: Declaration<unknown>;
}

/**
 * A definition of the schema. A type that other records name is an interface, so that errors and declaration files show
 * its name instead of all its members:
 *
 *     const shareSchema = object({ selected: count, total: count });
 *     export interface Share extends Of<typeof shareSchema> {}
 *     export const share = define<Share>('share', shareSchema);
 */
export function define<T>(name: string, schema: Declaration<T>): Declaration<T> {
  return typed({ ...schema, [definitionKey]: { name, schema } satisfies Definition });
}

/** The definition of that name in the same document, for a declaration that contains itself. */
export function itself<T>(name: string): Declaration<T> {
  return typed({ $ref: `#/$defs/${name}` });
}

/** With a description, which says what the name of the member does not. */
export function note<D extends Declaration<unknown>>(description: string, schema: D): D {
  return { ...schema, description };
}

export const text: Declaration<string> = typed(Type.String());
export const filledText: Declaration<string> = typed(Type.String({ minLength: 1 }));
/** ISO 8601 with milliseconds, UTC. */
export const time: Declaration<string> = typed(Type.String({ format: 'date-time' }));
export const day: Declaration<string> = typed(Type.String({ format: 'date' }));
export const sha256: Declaration<string> = typed(Type.String({ pattern: '^[0-9a-f]{64}$' }));
export const flag: Declaration<boolean> = typed(Type.Boolean());
export const whole: Declaration<number> = typed(Type.Integer());
export const count: Declaration<number> = typed(Type.Integer({ minimum: 0 }));
/** A number that counts from 1. */
export const ordinal: Declaration<number> = typed(Type.Integer({ minimum: 1 }));
export const amount: Declaration<number> = typed(Type.Number({ minimum: 0 }));
export const json: Declaration<Json> = typed({});
export const nullValue: Declaration<null> = typed(Type.Null());

export function literal<const V extends string | number | true>(value: V): Declaration<V> {
  return typed({ const: value });
}

export function oneOf<const V extends readonly string[]>(...values: V): Declaration<V[number]> {
  return typed({ enum: values });
}

export function nullable<T extends string | number>(schema: Declaration<T>): Declaration<T | null> {
  return typed({ ...schema, type: [(schema as unknown as { readonly type: string }).type, 'null'] });
}

export function optional<T>(schema: Declaration<T>): OptionalDeclaration<T> {
  return Type.Optional(schema);
}

export function object<M extends TProperties & Members>(members: M): Declaration<Readonly<Static<TObject<M>>>> {
  return typed(Type.Object(members));
}

/** Members with a count for each of the words. */
export function tallyOf<const K extends readonly string[]>(words: K): Readonly<Record<K[number], Declaration<number>>> {
  return Object.fromEntries(words.map((word) => [word, count])) as Readonly<Record<K[number], Declaration<number>>>;
}

type Members = Readonly<Record<string, Declaration<unknown>>>;

export function list<T>(items: Declaration<T>, options: TArrayOptions = {}): Declaration<readonly T[]> {
  return typed(Type.Array(items, options));
}

export function nonEmpty<T>(items: Declaration<T>): Declaration<NonEmpty<T>> {
  return typed(Type.Array(items, { minItems: 1 }));
}

/** An object with any keys. */
export function map<T>(values: Declaration<T>): Declaration<Readonly<Record<string, T>>> {
  return typed({ type: 'object', additionalProperties: values });
}

export function anyOf<D extends readonly Declaration<unknown>[]>(...choices: D): Declaration<Of<D[number]>> {
  return typed({ anyOf: choices });
}

/** Alternatives, each with its own value of the member `by`. */
export function tagged<D extends readonly Declaration<unknown>[]>(
  by: string,
  ...choices: D
): Declaration<Of<D[number]>> {
  return typed({ type: 'object', discriminator: { propertyName: by }, oneOf: choices });
}

/** With further rules that its values keep. */
export function restricted<T>(schema: Declaration<T>, ...rules: readonly TSchema[]): Declaration<T> {
  return typed({ ...schema, allOf: rules });
}
