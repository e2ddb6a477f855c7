/** Which ids of new things a run uses. */
import { expect, test } from 'vitest';
import { isPlainId } from '../../src/resources/id-spelling.ts';
import { checkOwnId } from '../../src/resources/own-id.ts';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import { contractOf } from '../execution/tiny-contract.ts';
import { responded, refusedConnection, tinyRun } from '../execution/tiny-run.ts';

test.each(['6f70656e-7374-4163-8b00-000000000001', '7', 'a_b.c-d'])('%s is plain', (id) => {
  expect(isPlainId(id)).toBe(true);
});

test.each([
  '',
  '.',
  '..',
  'a/b',
  'a?b',
  'a#b',
  '%2e%2e',
  'a b',
  'a\0',
  'a\n',
  '-a',
  '--all',
  '$(x)',
  'ａ',
  'x'.repeat(256),
])('%j is not', (id) => {
  expect(isPlainId(id)).toBe(false);
});

async function check(id: string, outcome: HttpOutcome): Promise<number> {
  const { run, sent } = tinyRun(contractOf(), () => outcome);
  const where = { service: 'compute', path: '/servers' };
  await checkOwnId(run, { type: 'server', name: 'osc-1', id, key: 'server', where });
  return sent.length;
}

test.each([
  ['is shown under its name', responded(200, { server: { name: 'osc-1' } })],
  ['is not shown yet', responded(404, { itemNotFound: { code: 404 } })],
])('a thing that %s is taken for our own', async (_, outcome) => {
  expect(await check('a', outcome)).toBe(1);
});

test('a thing of another name is never taken for our own', async () => {
  await expect(check('a', responded(200, { server: { name: 'precious' } }))).rejects.toThrow(
    'The target returned the id a for a new server, but this id belongs to a server with another name.',
  );
});

test.each([
  ['is shown without a name', responded(200, { server: {} }), 'was answered with 200'],
  ['cannot be shown', responded(500, {}), 'with status 500'],
  ['cannot be looked at', refusedConnection, 'with no response: ECONNREFUSED'],
])('a thing that %s is not used; it is found by its name later', async (_, outcome, says) => {
  await expect(check('a', outcome)).rejects.toThrow(says);
});

test('a thing that cannot be shown is taken for our own where a list has it under its name', async () => {
  const { run } = tinyRun(contractOf(), () => responded(500, {}));
  const claim = {
    type: 'server',
    name: 'osc-1',
    id: 'a',
    key: 'server',
    where: { service: 'compute', path: '/servers' },
  };
  await expect(checkOwnId(run, { ...claim, isListed: async () => true })).resolves.toBeDefined();
  await expect(checkOwnId(run, { ...claim, isListed: async () => false })).rejects.toThrow('with status 500');
});

test('an id that has a secret of the run in it is never sent', async () => {
  const { run, sent } = tinyRun(contractOf(), () => responded(200, {}));
  run.recorder.redactor.learn('s3cret-of-many-letters');
  const where = { service: 'compute', path: '/servers' };
  const claim = { type: 'server', name: 'osc-1', id: 's3cret-of-many-letters', key: 'server', where };
  await expect(checkOwnId(run, claim)).rejects.toThrow('an id that contains a secret of this run');
  expect(sent).toEqual([]);
});

test('an id that cannot stand in a path is never sent', async () => {
  await expect(check('../x', responded(200, {}))).rejects.toThrow('an id that is not safe in a path: "../x"');
});
