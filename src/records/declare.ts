/**
 * Builders for the declarations of records. A declaration is JSON Schema (`typebox`), so that the static type, the
 * parser and the published schema file follow from it. All types are read-only.
 */
import * as Type from 'typebox/type';
import type {
  Static,
  TArrayOptions,
  TInteger,
  TObject,
  TOptional,
  TProperties,
  TSchema,
  TString,
  TUnsafe,
} from 'typebox/type';
import type { Json, NonEmpty } from '../json.ts';

/** The static type of a declaration. */
export type Of<T extends TSchema> = Static<T>;

/** The keyword that marks a declaration which schema files list by name under `$defs`. */
export const definitionKey = 'x-definition';

export interface Definition {
  readonly name: string;
  readonly schema: TSchema;
}

export function define<T extends TSchema>(name: string, schema: T): T {
  return { ...schema, [definitionKey]: { name, schema } satisfies Definition };
}

/** The definition of that name in the same document, for a declaration that contains itself. */
export function itself<T>(name: string): TUnsafe<T> {
  return Type.Unsafe<T>({ $ref: `#/$defs/${name}` });
}

/** With a description, which says what the name of the member does not. */
export function note<T extends TSchema>(description: string, schema: T): T {
  return { ...schema, description };
}

export const text = Type.String();
export const filledText = Type.String({ minLength: 1 });
/** ISO 8601 with milliseconds, UTC. */
export const time = Type.String({ format: 'date-time' });
export const day = Type.String({ format: 'date' });
export const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
export const flag = Type.Boolean();
export const whole = Type.Integer();
export const count = Type.Integer({ minimum: 0 });
/** A number that counts from 1. */
export const ordinal = Type.Integer({ minimum: 1 });
export const amount = Type.Number({ minimum: 0 });
export const json = Type.Unsafe<Json>({});

export function literal<const V extends string | number | true>(value: V): TUnsafe<V> {
  return Type.Unsafe<V>({ const: value });
}

export function oneOf<const V extends readonly string[]>(...values: V): TUnsafe<V[number]> {
  return Type.Unsafe<V[number]>({ enum: values });
}

export function nullable<T extends TString | TInteger>(schema: T): TUnsafe<Static<T> | null> {
  return Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, 'null'] });
}

export function optional<T extends TSchema>(schema: T): TOptional<T> {
  return Type.Optional(schema) as TOptional<T>;
}

export function object<M extends TProperties>(members: M): TUnsafe<Readonly<Static<TObject<M>>>> {
  return Type.Unsafe<Readonly<Static<TObject<M>>>>(Type.Object(members));
}

export function list<T extends TSchema>(items: T, options: TArrayOptions = {}): TUnsafe<readonly Static<T>[]> {
  return Type.Unsafe<readonly Static<T>[]>(Type.Array(items, options));
}

export function nonEmpty<T extends TSchema>(items: T): TUnsafe<NonEmpty<Static<T>>> {
  return Type.Unsafe<NonEmpty<Static<T>>>(Type.Array(items, { minItems: 1 }));
}

/** An object with any keys. */
export function map<T extends TSchema>(values: T): TUnsafe<Readonly<Record<string, Static<T>>>> {
  return Type.Unsafe<Readonly<Record<string, Static<T>>>>({ type: 'object', additionalProperties: values });
}

export function anyOf<T extends readonly TSchema[]>(...choices: T): TUnsafe<Static<T[number]>> {
  return Type.Unsafe<Static<T[number]>>({ anyOf: choices });
}

/** Alternatives, each with its own value of the member `by`. */
export function tagged<T extends readonly TSchema[]>(by: string, ...choices: T): TUnsafe<Static<T[number]>> {
  return Type.Unsafe<Static<T[number]>>({
    type: 'object',
    discriminator: { propertyName: by },
    oneOf: choices,
  });
}
