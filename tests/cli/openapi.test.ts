/** `schemas --openapi` as its own process: a file, `latest`, and what it refuses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli, temporaryFolder } from './run-child.ts';

test('writes the newest microversion of some operations into a file', async () => {
  const folder = temporaryFolder();
  const { code, stdout } = await runCli(
    ['schemas', '--openapi', 'latest', '--include', 'compute/list-volume-*', '--out', 'api.json'],
    folder,
  );
  expect([code, stdout]).toEqual([0, '']);
  const document = JSON.parse(readFileSync(join(folder, 'api.json'), 'utf8')) as Record<string, object>;
  expect(document.openapi).toBe('3.1.0');
  expect(document.info).toMatchObject({ version: '2.104' });
  expect(Object.keys(document.paths ?? {})).toEqual(['/servers/{server_id}/os-volume_attachments']);
});

test.each([
  [
    'a word that is no microversion',
    ['--openapi', 'newest'],
    '--openapi "newest" is no microversion; write 2.89 or latest.',
  ],
  ['a microversion beyond the texts', ['--openapi', '2.999'], 'the texts of compute cover 2.1-2.104'],
  ['operations that are not there', ['--openapi', '2.1', '--include', 'x'], 'No operation of "x" exists at 2.1.'],
  ['an unknown service', ['--openapi', '2.1', '--service', 'x'], 'There are no specs for the service "x"'],
  ['options of the document without one', ['--server', 'http://x'], '--server goes with --openapi.'],
  ['a check of the document', ['--openapi', '2.1', '--check'], 'it goes with neither --check nor --json'],
])('refuses %s', async (_, args, expected) => {
  const { code, stderr } = await runCli(['schemas', ...args], temporaryFolder());
  expect(code).toBe(3);
  expect(stderr).toContain(expected);
});
