/** Discriminators: their text, what they accept, and which operations of Nova they tell apart. */
import { expect, test } from 'vitest';
import {
  decisiveMember,
  formatDiscriminator,
  hasMember,
  meetsDiscriminator,
  parseDiscriminator,
} from '../../src/contract/discriminator.ts';
import { ambiguousPairs, callKey } from '../../src/contract/shared-calls.ts';
import { chosenContracts } from '../../cli/chosen-contract.ts';

const [{ contract }] = (await chosenContracts({}, () => true)).chosen;

const swap = 'body /volumeAttachment/volumeId differs from path volume_id';

test.each([
  'body /pause',
  'body /server/min_count or body /server/max_count',
  swap,
  'path ip is an IP address',
  'path a differs from body /b',
])('%s is read, and written as the same text', (text) => {
  const read = parseDiscriminator(text);
  expect(read && formatDiscriminator(read)).toBe(text);
});

test.each([
  '',
  'pause',
  'body pause',
  'path ip',
  'header x',
  'body /a or',
  'body /a or pause',
  'body /a differs',
  'path a/b is an IP address',
])('"%s" is not a discriminator', (text) => {
  expect(parseDiscriminator(text)).toBeUndefined();
});

const asked = (body: unknown, path: Readonly<Record<string, string>> = {}) => ({ body: body as never, path });

test.each([
  ['body /pause', asked({ pause: null }), true],
  ['body /pause', asked({ unpause: null }), false],
  ['body /pause', asked(undefined), false],
  ['body /pause', asked([]), false],
  ['body /a or body /b', asked({ b: 1 }), true],
  ['body /a or body /b', asked({ c: 1 }), false],
  [swap, asked({ volumeAttachment: { volumeId: 'x' } }, { volume_id: 'y' }), true],
  [swap, asked({ volumeAttachment: { volumeId: 'y' } }, { volume_id: 'y' }), false],
  [swap, asked({ volumeAttachment: { volumeId: 5 } }, { volume_id: 'y' }), false],
  [swap, asked(undefined, { volume_id: 'y' }), false],
  ['path ip is an IP address', asked(undefined, { ip: '192.0.2.1' }), true],
  ['path ip is an IP address', asked(undefined, { ip: '2001:db8::1' }), true],
  ['path ip is an IP address', asked(undefined, { ip: 'web1' }), false],
] as const)('%s with %j: %s', (text, request, expected) => {
  const read = parseDiscriminator(text);
  expect(read && meetsDiscriminator(read, request)).toBe(expected);
});

test('a member with a slash in its name is found again', () => {
  const when = hasMember('a/b~c');
  expect(meetsDiscriminator(when, asked({ 'a/b~c': 1 }))).toBe(true);
  expect(decisiveMember(when)).toBe('a/b~c');
});

test('only a single condition on a member of the root is decided by that member', () => {
  expect(decisiveMember(parseDiscriminator('body /pause'))).toBe('pause');
  expect(decisiveMember(parseDiscriminator('body /server/min_count'))).toBeUndefined();
  expect(decisiveMember(parseDiscriminator('body /a or body /b'))).toBeUndefined();
  expect(decisiveMember(parseDiscriminator('path ip is an IP address'))).toBeUndefined();
  expect(decisiveMember(undefined)).toBeUndefined();
});

test('all operations of Nova that share a call are told apart', () => {
  const calls = new Map<string, number>();
  for (const operation of contract.operations) calls.set(callKey(operation), (calls.get(callKey(operation)) ?? 0) + 1);
  const shared = contract.operations.filter((operation) => (calls.get(callKey(operation)) ?? 0) > 1);
  expect(shared.length).toBeGreaterThan(50);
  expect(ambiguousPairs(contract.operations)).toEqual([]);
});
