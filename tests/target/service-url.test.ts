/** Where a catalogue may send a token. */
import { expect, test } from 'vitest';
import { unfitUrl, withoutUser } from '../../src/target/service-url.ts';

const clear = { authUrl: 'http://keystone.test/v3', insecure: false };
const secure = { authUrl: 'https://keystone.test/v3', insecure: false };

test.each([
  ['http where the identity service is at http', 'http://nova.test:8774/v2.1', clear],
  ['https', 'https://nova.test/compute/v2.1', secure],
  ['a host of another name', 'https://192.0.2.7/v2.1', secure],
  ['http where the operator gave up on TLS', 'http://nova.test/v2.1', { ...secure, insecure: true }],
  ['http without an identity service', 'http://[::1]:8774/v2.1', { authUrl: undefined, insecure: false }],
])('%s is fit', (_, url, signedInAt) => {
  expect(unfitUrl(url, signedInAt)).toBeUndefined();
});

test.each([
  ['no URL', 'over there', clear, 'which is not a URL'],
  ['a file', 'file:///etc/passwd', clear, 'which is neither http nor https'],
  ['a user', 'http://ada@nova.test/', clear, 'which contains a user name or a password'],
  ['a blank at the end', 'http://nova.test/v2.1 ', clear, 'which contains a blank'],
  ['a query', 'http://nova.test/?x=', clear, 'which contains a query or a fragment'],
  ['http after a sign-in by https', 'http://nova.test/', secure, 'to which the token would be sent unencrypted'],
  ['link-local', 'http://169.254.169.254/', clear, 'which is a link-local address'],
  ['link-local as a number', 'http://2852039166/', clear, 'which is a link-local address'],
  ['link-local of IPv6', 'http://[fe80::1]/', clear, 'which is a link-local address'],
  ['link-local written as IPv6', 'http://[::ffff:169.254.169.254]/', clear, 'which is a link-local address'],
] as const)('%s is unfit', (_, url, signedInAt, says) => {
  expect(unfitUrl(url, signedInAt)).toMatch(says);
});

test.each([
  ['http://eve:secret@nova.test/v2.1', 'http://…@nova.test/v2.1'],
  ['HTTPS://eve:sec@ret@nova.test', 'HTTPS://…@nova.test'],
  ['http:\\\\eve:secret@nova.test/v2.1', 'http:\\\\…@nova.test/v2.1'],
  ['http://nova.test/v2.1/a@b', 'http://nova.test/v2.1/a@b'],
])('%s is written without its user', (url, written) => {
  expect(withoutUser(url)).toBe(written);
});
