import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { driftOf, writeFiles } from '../../cli/file-drift.ts';

const folder = mkdtempSync(join(tmpdir(), 'file-drift-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const files = [
  { path: 'compute/a.json', text: '1' },
  { path: 'compute/attach/b.json', text: '2' },
];
const none = { missing: [], changed: [], stale: [] };

test('drift is reported, fixed, and no longer reported', () => {
  expect(driftOf(files, folder, 'compute')).toEqual({ ...none, missing: ['compute/a.json', 'compute/attach/b.json'] });
  writeFiles(files, folder, driftOf(files, folder, 'compute'));
  expect(driftOf(files, folder, 'compute')).toEqual(none);
  writeFileSync(join(folder, 'compute/a.json'), 'by hand');
  writeFileSync(join(folder, 'compute/attach/old.json'), '3');
  writeFileSync(join(folder, 'compute/notes.txt'), 'not ours');
  const drift = driftOf(files, folder, 'compute');
  expect(drift).toEqual({ missing: [], changed: ['compute/a.json'], stale: ['compute/attach/old.json'] });
  writeFiles(files, folder, drift);
  expect(driftOf(files, folder, 'compute')).toEqual(none);
  expect(readFileSync(join(folder, 'compute/notes.txt'), 'utf8')).toBe('not ours');
});
