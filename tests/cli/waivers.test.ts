/** `--waivers` and `--write-waivers` on the embedded cloud, on which no clause fails. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli, temporaryFolder } from './run-child.ts';

const clause = 'compute/list-volume-attachments#keeps-to-the-limit';

function entry(waives: string): string {
  return `- clause: ${waives}
  target: simulator*
  reason: The list is cut elsewhere
  link: https://bugs.example/7
  owner: Ada
  expires: 2099-12-31
`;
}

test('a waiver for a passing clause makes the run fail and is reported, also by report', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'w.yaml'), entry(clause));
  const out = join(folder, 'out');
  const args = ['run', '--include', clause, '--waivers', 'w.yaml', '--write-waivers', 'new.yaml', '--output', out];
  const { code, stdout } = await runCli(args, folder);
  expect(code).toBe(1);
  expect(stdout.replace(/\s+/g, ' ')).toContain('did not fail, so the waiver is no longer needed');
  expect(readFileSync(join(folder, 'new.yaml'), 'utf8')).toMatch(/: 0 failed clauses\.[^]*\[\]\n$/);
  const before = readFileSync(join(out, 'report.json'), 'utf8');
  expect((await runCli(['report', out], folder)).code).toBe(0);
  expect(readFileSync(join(out, 'report.json'), 'utf8')).toBe(before);
});

test('an invalid entry is refused with its location, before anything is sent', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'w.yaml'), `${entry(`${clause}s`)}${entry('').replace('Ada', '""')}`);
  const { code, stderr } = await runCli(['run', '--waivers', 'w.yaml', '--output', 'out'], folder);
  expect(code).toBe(3);
  expect(stderr).toContain(`w.yaml:1:3: error waiver-subject: no clause ${clause}s exists; expected ${clause}`);
  expect(stderr).toContain('w.yaml:11:10: error waiver-entry: owner is empty');
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('an existing file of waivers is not overwritten', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'w.yaml'), 'mine');
  const { code } = await runCli(['run', '--write-waivers', 'w.yaml', '--output', 'out'], folder);
  expect(code).toBe(3);
  expect(readFileSync(join(folder, 'w.yaml'), 'utf8')).toBe('mine');
});
