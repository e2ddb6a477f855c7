/** Texts on both sides of a pattern: each part of it is varied, and what is not understood gives none. */
import { expect, test } from 'vitest';
import { edgeTexts } from '../../src/schema/pattern-texts.ts';

test('a device name is tried without its parts, with other letters, and with more around it', () => {
  const { inside, outside } = edgeTexts('(^/dev/x{0,1}[a-z]{0,1}d{0,1})([a-z]+)[0-9]*$');
  expect(inside).toEqual(expect.arrayContaining(['/dev/a', '/dev/xa', '/dev/z', '/dev/a0', '/dev/a9', '/dev/xada0']));
  expect(outside).toEqual(
    expect.arrayContaining([
      'dev/a',
      '/DEV/a',
      '/dev/',
      '/dev/A',
      '/dev/`',
      '/dev/{',
      '/dev/a/',
      '/dev/a:',
      'x/dev/a',
      '/dev/a ',
    ]),
  );
});

/** A pattern, some texts that just match it, and some that just do not. */
const rows: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['^[^,/]*$', ['', '+', '-', '.', '0'], [',', '/']],
  ['^[0-9]+$', ['0', '9', '00'], ['', '/', ':', '0x']],
  ['^(a|bc){2,3}\\d?$', ['aa', 'aaa', 'abc', 'aa0'], ['a', 'aaaa', 'ab', 'aa00']],
  ['^\\w{3}$', ['aaa', 'aa_', 'aaZ'], ['aa', 'aaaa', 'aa/', 'aa@']],
  ['[\\w-]+', ['a', '-'], ['']],
  ['^a\\.b$', ['a.b'], ['a/b', 'ab', 'a.c']],
];

test.each(rows)('%s has texts on both sides', (pattern, inside, outside) => {
  const texts = edgeTexts(pattern);
  expect(texts.inside).toEqual(expect.arrayContaining([...inside]));
  expect(texts.outside).toEqual(
    expect.arrayContaining([...outside.filter((text) => !new RegExp(pattern, 'u').test(text))]),
  );
  for (const text of texts.inside) expect(text).toMatch(new RegExp(pattern, 'u'));
  for (const text of texts.outside) expect(text).not.toMatch(new RegExp(pattern, 'u'));
});

test.each(['^(?!x)a$', '^(?<name>a)$', '\\bword\\b', '^\\p{L}+$', '(a', 'a{b'])('%s is not understood', (pattern) => {
  expect(edgeTexts(pattern)).toEqual({ inside: [], outside: [] });
});

test('no text has a line break, on whose place at the end languages differ', () => {
  const { inside, outside } = edgeTexts('^[^a]$');
  for (const text of [...inside, ...outside]) expect(text).toMatch(/^[ -~]*$/);
});
