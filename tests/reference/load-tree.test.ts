/** The file system as a tree: where the sources are found, and what is refused. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadTree } from '../../src/reference/load-tree.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { edited, HEALTHY, type Files } from './healthy-tree.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'reference-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A new folder with these files. */
function written(name: string, files: Files): string {
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return join(folder, name);
}

const inProject = Object.fromEntries(Object.entries(HEALTHY).map(([file, text]) => [`api-ref/source/${file}`, text]));
const codesOf = (place: string): readonly string[] =>
  readReference(loadTree(place)).diagnostics.map(({ code }) => code);

test.each(['', 'api-ref', 'api-ref/source', 'api-ref/source/servers.inc'])('finds the sources from "%s"', (inside) => {
  const { operations, diagnostics } = readReference(loadTree(join(written('project', inProject), inside)));
  expect(diagnostics).toEqual([]);
  expect(operations[0]?.at.file).toBe('api-ref/source/servers.inc');
});

test('takes any other folder, or a file in it, as it is', () => {
  const place = written('plain', HEALTHY);
  expect(readReference(loadTree(place)).operations[0]?.at.file).toBe('servers.inc');
  expect(readReference(loadTree(join(place, 'servers.inc'))).operations).toHaveLength(1);
});

test('throws only when there is nothing at the place', () => {
  expect(() => loadTree(join(folder, 'nowhere'))).toThrow('ENOENT');
});

test('follows no link out of the tree', () => {
  const secret = join(written('outside', { 'secret.json': '{}' }), 'secret.json');
  const place = written('links', edited('servers.inc', 'show-server-resp', 'secret-resp'));
  symlinkSync(secret, join(place, 'samples', 'secret-resp.json'));
  symlinkSync(dirname(secret), join(place, 'elsewhere'));
  expect(codesOf(place)).toEqual(['unreadable-file']);
});

test('follows a link inside the tree', () => {
  const place = written('inside', edited('servers.inc', 'show-server-resp', 'other-resp'));
  symlinkSync('show-server-resp.json', join(place, 'samples', 'other-resp.json'));
  expect(codesOf(place)).toEqual([]);
});

test('is not caught in links that lead to themselves', () => {
  const place = written('loops', edited('servers.inc', 'show-server-resp', 'loop-resp'));
  symlinkSync('loop-resp.json', join(place, 'samples', 'loop-resp.json'));
  symlinkSync('.', join(place, 'samples', 'v2.10'));
  symlinkSync('..', join(place, 'samples', 'parts.inc'));
  expect(codesOf(place)).toEqual(['unreadable-file', 'unreadable-file']);
});

test('refuses files that are binary or too large', () => {
  const place = written('huge', HEALTHY);
  truncateSync(join(place, 'samples', 'show-server-resp.json'), 17 * 1024 * 1024);
  writeFileSync(join(place, 'parameters.yaml'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]));
  expect(codesOf(place)).toEqual(['unreadable-file', 'unreadable-file']);
});

test('takes a folder with the name of a fragment for a folder', () => {
  const place = written('folders', { ...HEALTHY, 'more.inc/text.inc': 'More\n====\n' });
  expect(readReference(loadTree(place)).fragments.map(({ file }) => file)).toEqual([
    'servers.inc',
    'more.inc/text.inc',
  ]);
});
