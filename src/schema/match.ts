/**
 * Compares a value with a schema and returns every deviation, worded for people and in a fixed order.
 *
 * Values come from strangers: sizes are bounded before anything is collected, and no name in them is trusted.
 */
import type { Json } from '../json.ts';
import { boundedCopy } from './bounded-copy.ts';
import { clauseOf } from './clause-of.ts';
import { expectationOf, pointerOf } from './expectation.ts';
import { glimpse } from './shorten-value.ts';
import type { JsonSchema } from './json-schema.ts';
import { allErrors, firstError, type SchemaError } from './validators.ts';

export type BodySchema = JsonSchema;

/** One departure of a value from its schema. */
export interface Mismatch {
  /** JSON pointer; to the object for a member that is missing, to the member itself for one too many. */
  readonly pointer: string;
  /** The keyword of JSON Schema that did not hold. */
  readonly keyword: string;
  /** A phrase: `a string or null`, `no member "tag"`. */
  readonly expected: string;
  /** What stands there, shortened where it is long; for a missing member the names that are there. */
  readonly seen: Json;
  /** The clause that the schema names at that place. */
  readonly clause?: string;
}

/**
 * Empty when the value matches. Of very long lists and objects the first entries are judged in full. `kept`: the value as it
 * may be shown, where that is another.
 */
export function matchBody(schema: BodySchema, value: Json, kept: Json = value): readonly Mismatch[] {
  const first = firstError(schema, value);
  if (!first) return [];
  const bounded = boundedCopy(schema, value);
  const found = allErrors(schema, bounded);
  const seen = kept === value ? bounded : kept;
  const mismatches = found.length > 0 ? found.filter(isOwn).map((error) => mismatchOf(error, schema, seen)) : [];
  return mismatches.length > 0 ? inOrder(mismatches) : [mismatchOf(first, schema, kept)];
}

/** The errors inside the options of a choice are summed up by that of the choice. */
function isOwn({ schemaPath }: SchemaError): boolean {
  return !/\/anyOf\/\d+\//.test(schemaPath);
}

function mismatchOf(error: SchemaError, schema: JsonSchema, value: Json): Mismatch {
  const pointer = pointerOf(error);
  const clause = clauseOf(error, schema);
  return {
    pointer,
    keyword: error.keyword,
    expected: expectationOf(error),
    seen: glimpse(error, pointer, value),
    ...(clause !== undefined && { clause }),
  };
}

function inOrder(mismatches: readonly Mismatch[]): readonly Mismatch[] {
  const distinct = new Map(mismatches.map((mismatch) => [sortKey(mismatch), mismatch]));
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, mismatch]) => mismatch);
}

function sortKey({ pointer, keyword, expected }: Mismatch): string {
  return [pointer, keyword, expected].join('\u0000');
}
