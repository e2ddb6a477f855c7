/** Values on both sides of each keyword: inside all of them fit, outside they break that keyword alone. */
import { expect, test } from 'vitest';
import type { Facets, ScalarShape, Shape } from '../../src/contract/model.ts';
import type { Json } from '../../src/json.ts';
import { keywordValues } from '../../src/schema/keyword-values.ts';
import { plainOperation } from '../execution/tiny-contract.ts';

const operation = plainOperation('compute/show-thing', ['2.1-']);
const limited = (facets: Facets, type: ScalarShape['type'] = 'string'): ScalarShape => ({
  type,
  nullable: false,
  facets,
});
const boolean: ScalarShape = { type: 'boolean', nullable: false };
const uuid = '0e2f1c9a-5b7d-4f3e-8a6c-1d9b3f5e7a20';
const tag = { minLength: 1, maxLength: 60, pattern: '^[^,/]*$' };

interface Row {
  readonly what: string;
  readonly shape: Shape;
  readonly keyword: string;
  /** Values that are among those on either side. */
  readonly inside: readonly Json[];
  readonly outside: readonly Json[];
}

const row = (what: string, shape: Shape, keyword: string, inside: readonly Json[], outside: readonly Json[]): Row => ({
  what,
  shape,
  keyword,
  inside,
  outside,
});

const rows: readonly Row[] = [
  row('text', limited(tag), 'minLength', ['a'], ['']),
  row('text', limited(tag), 'maxLength', ['a'.repeat(60)], ['a'.repeat(61)]),
  row('text', limited(tag), 'pattern', ['a', '+', '.'], [',', '/']),
  row('number', limited({ minimum: 1, maximum: 5 }, 'integer'), 'minimum', [1], [0]),
  row('number', limited({ minimum: 1, maximum: 5 }, 'integer'), 'maximum', [5], [6]),
  row('fraction', limited({ maximum: 5 }, 'number'), 'maximum', [5], [5.5]),
  row('UUID', limited({ format: 'uuid' }), 'format', [uuid, uuid.toUpperCase()], ['', `${uuid}0`, ` ${uuid}`]),
  row(
    'flag or word',
    { type: 'choice', options: [boolean, limited({ enum: ['on', 'off'] })] },
    'enum',
    ['on', 'off'],
    ['onx', 'o', 'ON', ' on'],
  ),
];

const written = (values: readonly Json[] = []): string[] => values.map((value) => JSON.stringify(value));

test.each(rows)('a $what has values on both sides of its $keyword', ({ shape, keyword, inside, outside }) => {
  const values = keywordValues(operation, shape).find((one) => one.keyword === keyword);
  expect(written(values?.inside)).toEqual(expect.arrayContaining(written(inside)));
  expect(written(values?.outside)).toEqual(expect.arrayContaining(written(outside)));
  for (const value of values?.outside ?? []) expect(values?.isBrokenBy(value)).toBe(true);
  for (const value of values?.inside ?? []) expect(values?.isBrokenBy(value)).toBe(false);
});

test('a value that breaks another keyword too is not used', () => {
  const values = keywordValues(operation, limited(tag)).find(({ keyword }) => keyword === 'maxLength');
  expect(values?.isBrokenBy(`,${'a'.repeat(60)}`)).toBe(false);
  expect(values?.isBrokenBy('a'.repeat(61))).toBe(true);
});

test('texts of a length keep to the pattern', () => {
  const [, , lengths] = keywordValues(operation, limited({ minLength: 2, maxLength: 3, pattern: '^[0-9]+$' }));
  expect(lengths).toMatchObject({ keyword: 'maxLength', inside: ['000'], outside: ['0000'] });
});

test('a shape without keywords has no limits', () => {
  expect(keywordValues(operation, boolean)).toEqual([]);
  expect(keywordValues(operation, { type: 'object', nullable: false, members: [], open: true })).toEqual([]);
});
