/** A cloud and its copy in which one clause is broken: the difference names that clause and nothing else. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import type { RunDiff } from '../../src/report/diff/model.ts';
import { runCli, temporaryFolder, type Ended } from '../cli/run-child.ts';
import { cloudProcess, freePort } from './cloud-process.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const operation = 'compute/list-volume-attachments';
const broken = `${operation}#tags-are-the-given-ones`;
/** By suites/refutation.txt it breaks that clause; no other of the slice depends on it. */
const fault = 'compute:list-drops-tag';
const slice = [
  'tags-are-the-given-ones',
  'keeps-to-the-limit',
  'is-empty-beyond-the-end',
  'slices-make-up-the-whole',
  'lists-the-root-volume',
];

const place = temporaryFolder();
const include = slice.flatMap((word) => ['--include', `${operation}#${word}`]);
const run = (env: Readonly<Record<string, string>>, output: string, ...more: readonly string[]): Promise<Ended> =>
  runCli(['run', '--os-cloud', 'sim-demo', ...include, '--output', output, ...more], place, env);

let withBaseline: Ended;

beforeAll(async () => {
  const port = await freePort();
  const sound = await cloudProcess(place, port);
  const before = await run(sound.env, 'sound');
  expect(before.code, before.stderr + before.stdout).toBe(0);
  await sound.stop();
  const faulty = await cloudProcess(place, port, [fault]);
  withBaseline = await run(faulty.env, 'faulty', '--baseline', 'sound', '--fail-on', 'regression');
  await faulty.stop();
});

function expectTheOne({ clauses, counts, differences }: RunDiff): void {
  expect(clauses.map(({ id, change }) => `${change} ${id}`)).toEqual([`regressed ${broken}`]);
  expect(counts.clauses).toMatchObject({ regressed: 1, unchanged: slice.length - 1, changed: 0, new: 0, gone: 0 });
  expect(differences.filter(({ fact }) => fact !== 'tool')).toEqual([]);
}

test('the faulty copy fails that clause, and the difference is kept with the run', () => {
  expect(withBaseline.code, withBaseline.stderr).toBe(1);
  expect(withBaseline.stdout).toContain(`fail ${broken}@`);
  expect(withBaseline.stdout).toContain('regressed (1)');
  expectTheOne(JSON.parse(readFileSync(join(place, 'faulty/diff.json'), 'utf8')) as RunDiff);
  expect(readFileSync(join(place, 'faulty/diff.md'), 'utf8')).toContain(`## Regressed (1)\n\n### \`${broken}\``);
});

test('diff names it in JSON and in text, and --fail-on regression makes it an exit code', async () => {
  const json = await runCli(['diff', 'sound', 'faulty', '--json', '--fail-on', 'regression'], place);
  expect(json.code).toBe(1);
  expectTheOne(JSON.parse(json.stdout) as RunDiff);
  const text = await runCli(['diff', 'sound', 'faulty', '--fail-on', 'regression'], place);
  expect(text.code).toBe(1);
  expect(text.stdout).toContain(`regressed (1)\n  ${broken}\n`);
  for (const word of slice.slice(1)) expect(text.stdout).not.toContain(`#${word}`);
});

test('without --fail-on a difference is told and is no failure; the other way round it is mended', async () => {
  expect((await runCli(['diff', 'sound', 'faulty'], place)).code).toBe(0);
  const back = await runCli(['diff', 'faulty', 'sound', '--fail-on', 'regression'], place);
  expect(back.code).toBe(0);
  expect(back.stdout).toContain(`mended (1)\n  ${broken}\n`);
});

test('a baseline that is no run is refused before anything is run', async () => {
  const refused = await runCli(['run', ...include, '--output', 'none', '--baseline', 'nowhere'], place);
  expect(refused).toMatchObject({ code: 3, stdout: '' });
  expect(refused.stderr).toBe('openstack-conformance: nowhere holds no run: there is no journal.ndjson in it.\n');
  expect(existsSync(join(place, 'none'))).toBe(false);
});
