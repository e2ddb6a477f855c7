/** `report`: rendering an old run again gives the same bytes, and a folder without a run is refused. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reporters } from '../../reporters/index.ts';
import { runCli, temporaryFolder } from './run-child.ts';

const files = ['report.json', 'junit.xml', 'report.md', 'summary.md'];

test('rendering a run again gives the same bytes, in the requested formats; Allure only by name', async () => {
  const folder = temporaryFolder();
  const out = join(folder, 'out');
  const run = await runCli(
    ['run', '--include', 'compute/list-volume-attachments#keeps-to-the-limit', '--output', out],
    folder,
  );
  expect(run.code).toBe(0);
  const before = files.map((file) => readFileSync(join(out, file), 'utf8'));
  for (const file of files) rmSync(join(out, file));
  const again = await runCli(['report', out], folder);
  expect(again.code).toBe(0);
  const oneFileEach = reporters.filter((reporter) => reporter.folder === undefined);
  expect(again.stderr.trim().split('\n')).toHaveLength(oneFileEach.length);
  expect(files.map((file) => readFileSync(join(out, file), 'utf8'))).toEqual(before);
  rmSync(join(out, 'junit.xml'));
  const { code, stderr } = await runCli(['report', out, '--reporter', 'summary'], folder);
  expect(code).toBe(0);
  expect(stderr.trim()).toBe(join(out, 'summary.md'));
  expect(() => readFileSync(join(out, 'junit.xml'))).toThrow();
  expect(existsSync(join(out, 'allure-results'))).toBe(false);
  const allure = await runCli(['report', out, '--reporter', 'allure'], folder);
  expect(allure.stderr).toMatch(/allure-results: \d+ files\n/);
  expect((await runCli(['verify', out], folder)).code).toBe(0);
});

test('a folder without a run is refused with one sentence', async () => {
  const folder = temporaryFolder();
  const { code, stdout, stderr } = await runCli(['report', folder], folder);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(/^openstack-conformance: .*\.\n$/);
});
