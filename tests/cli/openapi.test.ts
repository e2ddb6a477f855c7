/** `schemas --openapi` as a separate process: a file, `latest`, and refused options. */
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
    'a word that is not a microversion',
    ['--openapi', 'newest'],
    '--openapi "newest" is not a microversion. Write 2.89 or latest.',
  ],
  ['a microversion beyond the specs', ['--openapi', '2.999'], 'the texts of compute cover 2.1-2.104'],
  [
    'operations that do not exist',
    ['--openapi', '2.1', '--include', 'x'],
    'No operation that matches "x" exists at 2.1.',
  ],
  ['an unknown service', ['--openapi', '2.1', '--service', 'x'], 'There are no specs for the service "x"'],
  ['options of the document without one', ['--server', 'http://x'], '--server needs --openapi.'],
  ['a check of the document', ['--openapi', '2.1', '--check'], 'Leave out --check and --json.'],
])('refuses %s', async (_, args, expected) => {
  const { code, stderr } = await runCli(['schemas', ...args], temporaryFolder());
  expect(code).toBe(3);
  expect(stderr).toContain(expected);
});
