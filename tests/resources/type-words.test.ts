/** Resource types in sentences. */
import { expect, test } from 'vitest';
import { pluralOf, describeCount } from '../../src/resources/type-words.ts';

test.each([
  ['server', 'servers'],
  ['server-group', 'server groups'],
  ['security-policy', 'security policies'],
  ['key', 'keys'],
  ['mailbox', 'mailboxes'],
  ['alias', 'aliases'],
])('several of the type %s are %s', (type, plural) => {
  expect(pluralOf(type)).toBe(plural);
});

test('one is singular, none and several are plural', () => {
  expect([0, 1, 2].map((count) => describeCount(count, 'server-group'))).toEqual([
    '0 server groups',
    '1 server group',
    '2 server groups',
  ]);
});
