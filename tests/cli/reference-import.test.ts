/** `reference import` as a separate process: what it writes, that it writes only once, and its exit codes. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readServiceSpecs } from '../../cli/service-specs.ts';
import { canary, canaryValue, list, show, treeWith } from '../import/trees.ts';
import type { Files } from '../reference/healthy-tree.ts';
import { runCli, temporaryFolder, type Ended } from './run-child.ts';

const manifest = `# Ours.
service: compute
title: Things
origin: { title: Things, revision: abc, date: 2026-01-01, license: Apache-2.0 }
microversions: { header: OpenStack-API-Version, service-name: compute, range: 2.1-2.104 }
operations: {}
`;

function write(folder: string, files: Files): void {
  mkdirSync(join(folder, 'samples'), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}

function specsAndTree(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'specs/compute'), { recursive: true });
  writeFileSync(join(folder, 'specs/compute/service.yaml'), manifest);
  write(join(folder, 'tree'), treeWith(list, show));
  return folder;
}

function importIn(folder: string, ...args: readonly string[]): Promise<Ended> {
  return runCli(['reference', 'import', 'tree', '--specs', 'specs', ...args], folder);
}

function written(folder: string): Files {
  const specs = join(folder, 'specs/compute');
  const names = readdirSync(specs, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(specs, name), 'utf8')]));
}

test('writes facts once, without prose, and reports drift with --check', async () => {
  const folder = specsAndTree();
  expect((await importIn(folder, '--check')).code).toBe(1);
  const first = await importIn(folder);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toContain('2 operations in 1 files: 2 added, 0 changed, 0 removed; 3 files written or removed');
  const files = written(folder);
  expect(Object.keys(files)).toEqual(['imported/provenance.json', 'imported/things.json', 'service.yaml']);
  for (const word of [canary, canaryValue]) expect(JSON.stringify(files)).not.toContain(word);

  const again = await importIn(folder, '--check');
  expect(again.stdout).toContain('nothing to change');
  expect(again.code).toBe(0);

  write(join(folder, 'tree'), treeWith(list, { ...show, codes: '202' }));
  const drifted = await importIn(folder, '--check');
  expect(drifted.stdout).toContain('changed  compute/show-a-thing\n  - code 200\n  + code 202\n');
  expect(drifted.code).toBe(1);
  expect(written(folder)).toEqual(files);
});

test('imports the readable parts of a tree with mistakes, and reports each with file and line', async () => {
  const folder = specsAndTree();
  const broken = treeWith(list, show);
  write(join(folder, 'tree'), { ...broken, 'samples/thing-resp.json': '{"name": "x",}' });
  const { code, stdout, stderr } = await importIn(folder);
  expect(stderr).toMatch(/^samples\/thing-resp\.json:1:14: error sample-not-json: .*\n$/);
  expect(stdout).toContain('2 operations in 1 files: 2 added');
  expect(stdout).toContain('1 errors of the reference are listed above; what they concern was left out');
  expect(code).toBe(0);
  expect(Object.keys(written(folder))).toContain('imported/things.json');
});

test('writes nothing if no operation can be read', async () => {
  const folder = specsAndTree();
  write(join(folder, 'tree'), { ...treeWith(list, show), 'things.inc': 'Things\n======\n\nNothing yet.\n' });
  const before = written(folder);
  const { code, stderr } = await importIn(folder);
  expect(code).toBe(3);
  expect(stderr).toContain('Nothing was imported: the reference at tree has no operation that can be read.');
  expect(written(folder)).toEqual(before);
});

test('generates contract and schemas from facts without texts', async () => {
  const folder = specsAndTree();
  await importIn(folder);
  const { assembly, diagnostics } = readServiceSpecs(join(folder, 'specs/compute'));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(assembly?.contract.operations.map(({ id }) => id)).toEqual(['compute/list-things', 'compute/show-a-thing']);
});
