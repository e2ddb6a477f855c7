/** Parsers of records: a value is returned as its static type, or the first place that is wrong. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { TSchema } from 'typebox/type';
import { expectationOf, pointerOf } from '../schema/expectation.ts';
import type { SchemaError } from '../schema/validators.ts';
import type { Of } from './declare.ts';
import { lenientDocument } from './document.ts';

export type Parsed<T> = { readonly is: 'valid'; readonly value: T } | InvalidRecord;

export interface InvalidRecord {
  readonly is: 'invalid';
  /** JSON pointer to the place. */
  readonly pointer: string;
  /** A phrase: `a string`, `a member "id"`. */
  readonly expected: string;
}

export type Parser<T> = (value: unknown) => Parsed<T>;

/** Compiles the declaration when it is first used. Members that are not declared are ignored. */
export function parserOf<T extends TSchema>(declaration: T): Parser<Of<T>> {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= compile(declaration);
    if (validate(value)) return { is: 'valid', value: value as Of<T> };
    return invalid(validate.errors?.[0]);
  };
}

let compiler: Ajv2020 | undefined;

function compile(declaration: TSchema): ValidateFunction {
  if (!compiler) {
    compiler = new Ajv2020({
      ...{ strict: true, allowUnionTypes: true, discriminator: true, ownProperties: true, verbose: true },
      // For a short start: a declaration needs no check, and is validated too seldom for optimized code to pay.
      ...{ validateSchema: false, meta: false, code: { optimize: false } },
    });
    formats.default(compiler, ['date', 'date-time']);
  }
  return compiler.compile(lenientDocument(declaration));
}

function invalid(error: ErrorObject | undefined): InvalidRecord {
  if (!error) throw new Error('the validator refused a value without an error');
  const found = error as SchemaError;
  const { keyword, params, parentSchema } = found;
  if (keyword === 'discriminator') return wrongTag(found);
  const pointer = pointerOf(found);
  if (keyword === 'const') return { is: 'invalid', pointer, expected: JSON.stringify(params.allowedValue) };
  return { is: 'invalid', pointer, expected: expectationOf({ ...found, parentSchema: parentSchema ?? {} }) };
}

/** None of the alternatives has this value of the member that tells them apart. */
function wrongTag({ instancePath, params }: SchemaError): InvalidRecord {
  const pointer = `${instancePath}/${String(params.tag)}`;
  return { is: 'invalid', pointer, expected: `a known value of "${String(params.tag)}"` };
}
