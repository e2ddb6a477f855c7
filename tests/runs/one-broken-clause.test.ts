/** A cloud and a copy that breaks one clause: the difference contains that clause only. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { RunDiff } from '../../src/records/diff.ts';
import { runCli, temporaryFolder, type Ended } from '../cli/run-child.ts';
import { cloudProcess, freePort } from './cloud-process.ts';

const operation = 'compute/list-volume-attachments';
const broken = `${operation}#tags-are-the-given-ones`;
/** By the recorded mutation test it breaks that clause, and no other of the slice. */
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
  expect(counts.clauses).toMatchObject({ regressed: 1, unchanged: slice.length - 1, changed: 0, added: 0, removed: 0 });
  expect(differences.filter(({ fact }) => fact !== 'tool')).toEqual([]);
}

test('the faulty copy fails that clause, and the run folder contains the difference', () => {
  expect(withBaseline.code, withBaseline.stderr).toBe(1);
  expect(withBaseline.stdout).toContain(`fail ${broken}@`);
  expect(withBaseline.stdout).toContain('regressed (1)');
  expectTheOne(JSON.parse(readFileSync(join(place, 'faulty/diff.json'), 'utf8')) as RunDiff);
  expect(readFileSync(join(place, 'faulty/diff.md'), 'utf8')).toContain(`## Regressed (1)\n\n### \`${broken}\``);
});

test('diff reports it in JSON and in text, and fails with --fail-on regression', async () => {
  const json = await runCli(['diff', 'sound', 'faulty', '--json', '--fail-on', 'regression'], place);
  expect(json.code).toBe(1);
  expectTheOne(JSON.parse(json.stdout) as RunDiff);
  const text = await runCli(['diff', 'sound', 'faulty', '--fail-on', 'regression'], place);
  expect(text.code).toBe(1);
  expect(text.stdout).toContain(`regressed (1)\n  ${broken}\n`);
  for (const word of slice.slice(1)) expect(text.stdout).not.toContain(`#${word}`);
});

test('without --fail-on a difference is reported without failure; in the reverse direction it is fixed', async () => {
  expect((await runCli(['diff', 'sound', 'faulty'], place)).code).toBe(0);
  const back = await runCli(['diff', 'faulty', 'sound', '--fail-on', 'regression'], place);
  expect(back.code).toBe(0);
  expect(back.stdout).toContain(`fixed (1)\n  ${broken}\n`);
});

test('a baseline that is not a run is refused before anything is run', async () => {
  const refused = await runCli(['run', ...include, '--output', 'none', '--baseline', 'nowhere'], place);
  expect(refused).toMatchObject({ code: 3, stdout: '' });
  expect(refused.stderr).toBe('openstack-conformance: nowhere is not a run folder: it has no journal.ndjson.\n');
  expect(existsSync(join(place, 'none'))).toBe(false);
});
