/** Which members of a response repeat an identifier of the request, and what the request says there. */
import { expect, test } from 'vitest';
import { ownContract } from '../../cli/own-contract.ts';
import { contractOf } from '../../src/contract/cut-revisions.ts';
import { pathText } from '../../src/contract/members.ts';
import type { Operation } from '../../src/contract/model.ts';
import { isRepeated, repeatedMembers, requestValue, describeFrom } from '../../src/contract/repeated.ts';

const { operations } = contractOf(ownContract(() => true, 'compute').draft);

function operationNamed(name: string): Operation {
  const found = operations.find(({ id }) => id === `compute/${name}`);
  if (!found) throw new RangeError(`There is no ${name}`);
  return found;
}

function repeated(name: string): Readonly<Record<string, string>> {
  const operation = operationNamed(name);
  const all = operation.revisions.flatMap((revision) => repeatedMembers(operation, revision));
  return Object.fromEntries(all.map(({ path, from }) => [pathText(path), describeFrom(from)]));
}

test.each([
  ['list-volume-attachments', { '/volumeAttachments/[]/serverId': 'server_id' }],
  [
    'show-volume-attachment',
    {
      '/volumeAttachment/id': 'volume_id',
      '/volumeAttachment/serverId': 'server_id',
      '/volumeAttachment/volumeId': 'volume_id',
    },
  ],
  [
    'attach-volume',
    {
      '/volumeAttachment/id': '/volumeAttachment/volumeId',
      '/volumeAttachment/serverId': 'server_id',
      '/volumeAttachment/volumeId': '/volumeAttachment/volumeId',
    },
  ],
  ['show-server-details', { '/server/id': 'server_id' }],
  ['show-keypair-details', { '/keypair/name': 'keypair_name' }],
  ['list-servers', {}],
] as const)('%s repeats these, and no others', (name, members) => {
  expect(repeated(name)).toEqual(members);
});

const attach = operationNamed('attach-volume');
const request = {
  method: 'POST',
  url: 'http://cloud.test/v2.1/servers/a%20b/os-volume_attachments',
  headers: [],
  body: '{"volumeAttachment":{"volumeId":"ABC"}}',
};

test('the value comes decoded from the path, or from the body as it was sent', () => {
  expect(requestValue(attach, request, { in: 'path', name: 'server_id' })).toBe('a b');
  expect(requestValue(attach, request, { in: 'body', pointer: '/volumeAttachment/volumeId' })).toBe('ABC');
  expect(
    requestValue(attach, { ...request, body: '{' }, { in: 'body', pointer: '/volumeAttachment/volumeId' }),
  ).toBeUndefined();
});

test('letters of the other case are another identifier, and a number equals its digits', () => {
  expect([isRepeated('abc', 'abc'), isRepeated('ABC', 'abc'), isRepeated(12, '12'), isRepeated(12, '13')]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
