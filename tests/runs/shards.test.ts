/** A run in three shards, as on three machines, merged by `report`: the same verdicts as one run. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { evidenceIn } from '../../cli/run/evidence-file.ts';
import { verifyFolder } from '../../cli/verify/verify-folder.ts';
import type { RunReport } from '../../src/records/report.ts';
import { runCli, temporaryFolder, type Ended } from '../cli/run-child.ts';

const words = ['answers-200', 'refuses-missing-token', 'keeps-to-the-limit', 'lists-the-root-volume'];
const include = words.flatMap((word) => ['--include', `compute/list-volume-attachments#${word}`]);
const place = temporaryFolder();
const run = (output: string, ...more: readonly string[]): Promise<Ended> =>
  runCli(['run', ...include, '--output', output, ...more], place);
const report = (...args: readonly string[]): Promise<Ended> => runCli(['report', ...args], place);

beforeAll(async () => {
  for (const [output, ...more] of [
    ['one'],
    ['s1', '--shard', '1/3'],
    ['s2', '--shard', '2/3'],
    ['s3', '--shard', '3/3'],
    ['other', '--shard', '3/3', '--microversions', '2.1'],
  ] as const) {
    const ended = await run(output, ...more);
    expect(ended.code, ended.stderr).toBe(0);
  }
});

const recordIn = (folder: string): RunReport =>
  JSON.parse(readFileSync(join(place, folder, 'report.json'), 'utf8')) as RunReport;

/** The report of a run without ids, times and folders. */
function verdictsIn(folder: string): unknown {
  const { verdict, counts, clauses, cases } = recordIn(folder);
  return {
    verdict,
    counts,
    clauses: clauses.map(({ id, verdict: is, cases: own }) => ({ id, is, own })),
    cases: cases.map(({ id, verdict: { is }, exchanges }) => ({ id, is, exchanges })),
  };
}

test('merged shards have the verdicts of the whole run, whatever their order', async () => {
  const ended = await report('s3', 's1', 's2', '--output', 'all');
  expect(ended.code, ended.stderr).toBe(0);
  expect(ended.stdout).toContain('passed: 0 of 4 clauses failed');
  expect(verdictsIn('all')).toEqual(verdictsIn('one'));
  const sizes = ['s1', 's2', 's3'].map((folder) => recordIn(folder).cases.length);
  expect(sizes.every((size) => size > 0)).toBe(true);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(recordIn('one').cases.length);
});

test('every report of the merged run names its shards, and each shard names itself', () => {
  const { parts = [] } = recordIn('all').run;
  expect(parts.map(({ name }) => name)).toEqual(['s1', 's2', 's3'].map((folder) => recordIn(folder).run.name));
  for (const file of ['report.md', 'junit.xml']) {
    const text = readFileSync(join(place, 'all', file), 'utf8');
    for (const { name } of parts) expect(text).toContain(name);
    expect(readFileSync(join(place, 's2', file), 'utf8')).toContain('shard 2 of 3');
  }
});

test('the merged run can be verified, and a shard alone cannot', async () => {
  const { refused, held } = await verifyFolder(join(place, 'all'), {});
  expect(refused).toBeUndefined();
  expect(held.join('\n')).toContain(`${recordIn('all').cases.length} cases have the same verdicts`);
  expect((await verifyFolder(join(place, 's2'), {})).refused).toBe(
    'The folder contains only shard 2 of 3. Merge all shards by report, and verify the merged run.',
  );
});

test('the merged run has the evidence of every shard', () => {
  const read = evidenceIn(join(place, 'all'));
  for (const { id, evidence, exchanges } of recordIn('all').cases) {
    expect(evidence === undefined ? 0 : read(id, evidence).exchanges.length).toBe(exchanges);
  }
});

test.each([
  ['a missing shard', ['s1', 's3'], 'Shard 2 of 3 is missing: 1, 3 were given.'],
  ['a duplicate shard', ['s1', 's2', 's2', 's3'], 'Shard 2 of 3 was given twice: s2 and s2.'],
  [
    'a shard with other options',
    ['s1', 's2', 'other'],
    's1 and other are not shards of one run: they planned different cases, so their options differed.',
  ],
  [
    'a run that is not a shard',
    ['s1', 's2', 'one'],
    'one is not a shard. Pass the folders of runs that were started with --shard.',
  ],
])('%s is refused with one sentence, and nothing is written', async (_, folders, sentence) => {
  const ended = await report(...folders, '--output', 'refused');
  expect(ended).toEqual({ code: 3, stdout: '', stderr: `openstack-conformance: ${sentence}\n` });
  expect(existsSync(join(place, 'refused'))).toBe(false);
});
