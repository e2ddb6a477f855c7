/** Parsers of records: a value is returned as its static type, or the first place that is wrong. */
import { expectationOf, pointerOf } from '../schema/expectation.ts';
import type { SchemaError } from '../schema/validators.ts';
import { validators } from './compiled-parsers.js';
import type { Of } from './declaration.ts';
import type { parsed } from './parsed.ts';

export type Parsed<T> = { readonly is: 'valid'; readonly value: T } | InvalidRecord;

export interface InvalidRecord {
  readonly is: 'invalid';
  /** JSON pointer to the place. */
  readonly pointer: string;
  /** A phrase: `a string`, `a member "id"`. */
  readonly expected: string;
}

export type Parser<T> = (value: unknown) => Parsed<T>;

type Records = typeof parsed;

/** Members that are not declared are ignored. */
export function parserOf<N extends keyof Records>(name: N): Parser<Of<Records[N]>> {
  const validate = validators[name];
  return (value) =>
    validate(value) ? { is: 'valid', value: value as Of<Records[N]> } : invalid(validate.errors?.[0] as SchemaError);
}

function invalid(error: SchemaError): InvalidRecord {
  const { keyword, params } = error;
  if (keyword === 'discriminator') return wrongTag(error);
  const pointer = pointerOf(error);
  if (keyword === 'const') return { is: 'invalid', pointer, expected: JSON.stringify(params.allowedValue) };
  return { is: 'invalid', pointer, expected: expectationOf(error) };
}

/** None of the alternatives has this value of the member that tells them apart. */
function wrongTag({ instancePath, params }: SchemaError): InvalidRecord {
  const pointer = `${instancePath}/${String(params.tag)}`;
  return { is: 'invalid', pointer, expected: `a known value of "${String(params.tag)}"` };
}
