/** Text from strangers as JSON: what is nested deeper than anybody can follow is none. */
import { expect, test } from 'vitest';
import { isTooDeep, parseJson } from '../src/json.ts';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

test.each([
  ['200 levels', nested(200)],
  ['brackets in a text', JSON.stringify({ a: '[{'.repeat(500) })],
  ['quotes and backslashes in a text', JSON.stringify({ a: `\\"${'['.repeat(500)}\\` })],
  ['many things side by side', JSON.stringify(Array.from({ length: 1000 }, () => [{}]))],
])('%s are read', (_, text) => {
  expect(isTooDeep(text)).toBe(false);
  expect(parseJson(text)).toEqual(JSON.parse(text));
});

test.each([
  ['201 lists', nested(201)],
  ['100,000 lists', nested(100_000)],
  ['100,000 objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['lists that never end', '['.repeat(1_000_000)],
])('%s in one another are no JSON', (_, text) => {
  expect(isTooDeep(text)).toBe(true);
  expect(parseJson(text)).toBeUndefined();
});
