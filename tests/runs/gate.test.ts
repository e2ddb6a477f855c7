/** `--baseline --fail-on regression`: a clause that is no longer decided fails the gate, with the printed exit code. */
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { runCli, temporaryFolder, type Ended } from '../cli/run-child.ts';

const place = temporaryFolder();
const include = [
  '--include',
  'compute/attach-volume#refuses-missing-token',
  '--include',
  '*list-volume-attachments#answers-200',
];
const seen: Record<string, Ended> = {};

beforeAll(async () => {
  seen.before = await runCli(['run', ...include, '--output', 'before'], place);
  const gate = ['--mode', 'read-only', '--baseline', join(place, 'before'), '--fail-on', 'regression'];
  seen.after = await runCli(['run', ...include, ...gate, '--output', 'after'], place);
});

test('a clause that passed and is not attempted now is a regression', () => {
  expect(seen.before?.code, seen.before?.stderr).toBe(0);
  expect(seen.after?.stdout).toMatch(/[1-9] clauses? regressed/);
  expect(seen.after?.code).toBe(1);
});

test('the printed exit code is that of the process', () => {
  expect(/exit code (\d)/.exec(seen.before?.stdout ?? '')?.[1]).toBe('0');
  expect(/exit code (\d)/.exec(seen.after?.stdout ?? '')?.[1]).toBe('1');
});

test('diff gives the same result', async () => {
  expect((await runCli(['diff', 'before', 'after', '--fail-on', 'regression'], place)).code).toBe(1);
});

test('a shard cannot be a gate', async () => {
  const { code, stderr } = await runCli(
    ['run', '--shard', '1/2', '--baseline', 'before', '--fail-on', 'regression'],
    place,
  );
  expect([code, stderr]).toEqual([3, expect.stringContaining('--fail-on needs the whole plan')]);
});
