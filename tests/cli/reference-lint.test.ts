/** `reference lint` as a separate process: what it prints and writes, and its exit codes. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Log } from 'sarif';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lintCodes } from '../../src/lint/codes.ts';
import { edited, type Files } from '../reference/healthy-tree.ts';
import { runCli, temporaryFolder } from './run-child.ts';

function folderWith(files: Files): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'samples'));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

test('reports an error with its location, writes SARIF, and exits with 1', async () => {
  const folder = folderWith(edited('servers.inc', 'server_id_path', 'server_id_pth'));
  const { code, stdout } = await runCli(['reference', 'lint', '.', '--sarif', 'out.sarif'], folder);
  expect(code).toBe(1);
  expect(stdout).toContain(
    'servers.inc:25:5: error undefined-parameter: server_id_pth is not defined in parameters.yaml;',
  );
  const log = JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')) as Log;
  const results = log.runs[0]?.results ?? [];
  expect(results.map(({ ruleId, level }) => `${ruleId} ${level}`)).toContain('undefined-parameter error');
  const named = results.map(({ ruleIndex = -1 }) => log.runs[0]?.tool.driver.rules?.[ruleIndex]?.id);
  expect(named).toEqual(results.map(({ ruleId }) => ruleId));
});

test('exits with 0 if there are only remarks, and with 1 if --fail-on includes them', async () => {
  const folder = folderWith(edited('servers.inc', 'codes: 200', 'codes: 200, 201'));
  const plain = await runCli(['reference', 'lint', '.', '--json'], folder);
  const report = JSON.parse(plain.stdout) as { readonly diagnostics: readonly { readonly code: string }[] };
  expect(report.diagnostics.map(({ code }) => code)).toContain('undivided-codes');
  expect(plain.code).toBe(0);
  expect((await runCli(['reference', 'lint', '.', '--fail-on', 'info'], folder)).code).toBe(1);
});

test('lists every code with its sentence', async () => {
  const { code, stdout } = await runCli(['reference', 'lint', '--codes'], temporaryFolder());
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(lintCodes.length);
});

test.each([
  ['no folder', ['lint'], 'Pass the folder of one, --service, or --codes.'],
  ['a missing folder', ['lint', 'nowhere'], 'There is no reference at nowhere.'],
  [
    'an unknown severity',
    ['lint', '.', '--fail-on', 'all'],
    '--fail-on all is unknown. Pass one of error, warning, info.',
  ],
])('refuses %s', async (_, args, expected) => {
  const { code, stderr } = await runCli(['reference', ...args], temporaryFolder());
  expect(code).toBe(3);
  expect(stderr).toContain(expected);
});

test('with --service, the texts of this package on that service are read', async () => {
  const { code, stdout } = await runCli(['reference', 'lint', '--service', 'compute', '--json'], temporaryFolder());
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ operations: expect.any(Number) as number });
});

test.each([
  ['an unknown service', ['--service', 'computer'], '--service computer is unknown', 'Nearest: compute. Pass one of'],
  ['a folder and a service', ['.', '--service', 'compute'], 'exclude each other', 'Pass one of them.'],
])('refuses %s', async (_, args, what, remedy) => {
  const { code, stderr } = await runCli(['reference', 'lint', ...args], temporaryFolder());
  expect(code).toBe(3);
  expect(stderr).toContain(what);
  expect(stderr).toContain(remedy);
});
