/** Text from strangers as JSON: what is nested deeper than anybody can follow is none, nor is what not every reader takes for the same. */
import { expect, test } from 'vitest';
import { isTooDeep, parseJson, readJson } from '../src/json.ts';

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

test.each([
  ['a key twice', '{"a": 1, "a": 2}', 'a'],
  ['a key twice, far apart', '{"a": {"b": [{"c": 1}, "c:"]}, "d": "a", "a" \n: 2}', 'a'],
  ['a key twice in an inner object', '{"a": [{}, {"b": "", "b": ""}]}', 'b'],
  ['a key twice, once in other letters', String.raw`{"a": 1, "\u0061": 2}`, 'a'],
  ['a key with quotes and backslashes twice', String.raw`{"\\\"": "\\", "\\\"": 2}`, '\\"'],
  ['__proto__ twice', '{"__proto__": 1, "__proto__": 2}', '__proto__'],
])('%s is no JSON that can be relied on', (_, text, key) => {
  expect(readJson(text)).toEqual({ is: 'ambiguous', key });
  expect(parseJson(text)).toBeUndefined();
});

test.each([
  '{"a": {"a": {"a": []}}, "b": [{"a": 1}, {"a": 1}]}',
  '{"a": "a", "b": "a", "c": ["a", "a", "a"]}',
  String.raw`{"a\"": 1, "a": 2, "a\\": 3, "b": "\":"}`,
  '["a", "a"]',
  '"a"',
])('%s has no key twice', (text) => {
  expect(readJson(text)).toEqual({ is: 'json', value: JSON.parse(text) as unknown });
});
