import { expect, it } from 'vitest';
import { isPrintable, printable, printableJson } from '../../src/report/printable.ts';

it.each([
  ['a line break', 'a\nb', 'a\\nb'],
  ['a colour', '\u001b[31mred', '\\x1b[31mred'],
  ['an 8-bit control', '\u009b2J', '\\x9b2J'],
  ['a NUL', 'a\0', 'a\\x00'],
  ['an override of the reading direction', 'a\u202Eb', 'a\\u202eb'],
  ['a space without width', 'a\u200Bb', 'a\\u200bb'],
  ['half a surrogate pair', 'a\uD800b', 'a\\ud800b'],
  ['a non-character', '\uFFFE', '\\ufffe'],
  ['a private character beyond the first plane', '\u{F0000}', '\\u{f0000}'],
  ['an order to GitHub', '::add-mask::x', '\\x3a:add-mask::x'],
  ['an order to GitHub with properties', 'x ::error file=a,line=1::x', 'x \\x3a:error file=a,line=1::x'],
  ['an order to GitHub with a colon in a property', '::error file=C:/a::x', '\\x3a:error file=C:/a::x'],
  ['an order to Azure', 'x ##vso[task.setvariable]', 'x \\x23#vso[task.setvariable]'],
  ['an order to GitLab', '[[ATTACHMENT|/etc/passwd]]', '\\x5b[ATTACHMENT|/etc/passwd]]'],
])('escapes %s', (_, text, expected) => {
  expect(printable(text)).toBe(expected);
});

it.each(['plain', 'déjà vu', '日本語', '😀', 'http://[::1]:8774/v2.1', '{"a": "b"}', ''])(
  'leaves %j as it is',
  (text) => {
    expect(printable(text)).toBe(text);
    expect(isPrintable(text)).toBe(true);
  },
);

it('cuts a long text and counts what is missing', () => {
  expect(printable('x'.repeat(205))).toBe(`${'x'.repeat(200)}… (5 more characters)`);
  expect(printable('x'.repeat(201))).toBe(`${'x'.repeat(200)}… (1 more character)`);
});

it('never cuts a surrogate pair in two', () => {
  expect(printable('ab😀', 3)).toBe('ab… (2 more characters)');
});

it('makes JSON harmless without changing what it says', () => {
  const value = {
    'a\u202e': ['\u009b31m', '##[error]x', '\\##vso[x]', '::error::x', '\u{F0000}', '[[ATTACHMENT|x]]', 'é\n'],
  };
  const json = printableJson(JSON.stringify(value));
  expect(JSON.parse(json)).toEqual(value);
  expect(isPrintable(json)).toBe(true);
  expect(json).not.toMatch(/##\[|##vso|::[a-z]+::|\[\[A/);
});
