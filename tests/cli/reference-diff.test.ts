/** `reference diff` as a separate process: its formats and exit codes. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ReferenceDiff } from '../../src/reference-diff/model.ts';
import { before } from '../reference-diff/trees.ts';
import { runCli, temporaryFolder } from './run-child.ts';

function twoTrees(): string {
  const folder = temporaryFolder();
  for (const name of ['a', 'b']) {
    mkdirSync(join(folder, name, 'samples'), { recursive: true });
    for (const [file, text] of Object.entries(before)) {
      writeFileSync(join(folder, name, file), name === 'a' ? text : text.replace('codes: 200', 'codes: 202'));
    }
  }
  return folder;
}

test('reports breaking changes as text and as Markdown, and fails on them with --fail-on', async () => {
  const folder = twoTrees();
  const plain = await runCli(['reference', 'diff', 'a', 'b', '--fail-on', 'breaking'], folder);
  expect(plain.stdout).toContain('breaking   2.4-         a success may have another code: status 202');
  expect(plain.code).toBe(1);
  const page = await runCli(['reference', 'diff', 'a', 'b', '--markdown'], folder);
  expect(page.stdout).toContain('## Breaking\n\n**Change a thing** (`PUT /things/{thing_id}`)\n\n- a success may have');
  expect(page.code).toBe(0);
});

test.each([
  ['a missing tree', ['a', 'c'], 'There is no reference at c.'],
  ['two formats at once', ['a', 'b', '--json', '--markdown'], 'exclude each other'],
  ['an unknown class', ['a', 'b', '--fail-on', 'all'], '--fail-on all is unknown. Pass breaking.'],
  ['an unknown service', ['a', 'b', '--service', 'computer'], 'Nearest: compute. Pass one of compute, or write'],
  ['a missing manifest', ['a', 'b', '--manifest-after', 'x.yaml'], 'There is no manifest x.yaml.'],
])('refuses %s', async (_, args, expected) => {
  const { code, stderr } = await runCli(['reference', 'diff', ...args], twoTrees());
  expect(code).toBe(3);
  expect(stderr).toContain(expected);
});

test('with --service, operations are matched by the ids of that service', async () => {
  const folder = temporaryFolder();
  const own = join(import.meta.dirname, '../../specs/compute');
  for (const name of ['a', 'b']) cpSync(own, join(folder, name), { recursive: true });
  const file = join(folder, 'b/os-server-tags.inc');
  writeFileSync(file, readFileSync(file, 'utf8').replace('Lists the tags of a server.', 'Lists all tags of a server.'));
  const args = ['reference', 'diff', 'a', 'b', '--json'];
  const idsIn = async (...more: readonly string[]): Promise<readonly string[]> => {
    const { stdout } = await runCli([...args, ...more], folder);
    return (JSON.parse(stdout) as ReferenceDiff).operations.map(({ id }) => id);
  };
  expect(await idsIn('--service', 'compute')).toEqual(['compute/list-tags']);
  expect(await idsIn()).not.toContain('compute/list-tags');
});
