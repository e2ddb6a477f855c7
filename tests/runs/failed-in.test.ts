/** `--failed-in` and `replay`: a cloud with a fault, and the same endpoint after the fix. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { verifyFolder } from '../../cli/verify/verify-folder.ts';
import { readRunKind } from '../../cli/run-folders/read-run-kind.ts';
import type { PlanReport } from '../../src/records/plan.ts';
import type { RunReport } from '../../src/records/report.ts';
import { runCli, temporaryFolder, type Ended } from '../cli/run-child.ts';
import { cloudProcess, freePort } from './cloud-process.ts';

const operation = 'compute/list-volume-attachments';
const failing = `${operation}#tags-are-the-given-ones`;
const include = [failing, `${operation}#lists-the-root-volume`].flatMap((id) => ['--include', id]);
const place = temporaryFolder();
const inPlace = (env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended> =>
  runCli([...args, '--os-cloud', 'sim-demo'], place, env);
const replay = (env: Readonly<Record<string, string>>, id: string, output: string): Promise<Ended> =>
  inPlace(env, 'replay', id, '--run', 'before', '--output', output);
const textIn = (file: string): string => readFileSync(join(place, file), 'utf8');
const recordIn = (folder: string): RunReport => JSON.parse(textIn(`${folder}/report.json`)) as RunReport;

const seen: Record<
  'before' | 'failedAgain' | 'passedAgain' | 'plan' | 'after' | 'fixed' | 'nothing',
  Ended | undefined
> = {
  before: undefined,
  failedAgain: undefined,
  passedAgain: undefined,
  plan: undefined,
  after: undefined,
  fixed: undefined,
  nothing: undefined,
};

beforeAll(async () => {
  const port = await freePort();
  const faulty = await cloudProcess(place, port, ['compute:list-drops-tag']);
  seen.before = await inPlace(faulty.env, 'run', ...include, '--output', 'before');
  seen.failedAgain = await replay(faulty.env, `${failing}@2.70`, 'replay-1');
  seen.passedAgain = await replay(faulty.env, `${operation}#lists-the-root-volume@2.1`, 'replay-2');
  await faulty.stop();
  const sound = await cloudProcess(place, port);
  seen.plan = await inPlace(sound.env, 'plan', '--failed-in', 'before', '--from', 'before', '--json');
  seen.after = await inPlace(sound.env, 'run', '--failed-in', 'before', '--output', 'after');
  seen.fixed = await replay(sound.env, `${failing}@2.70`, 'replay-3');
  seen.nothing = await inPlace(sound.env, 'run', '--failed-in', 'after', '--output', 'nothing');
  await sound.stop();
});

test('failed cases are run again on the fixed cloud, the others are reused, and the result is conformant', () => {
  expect(seen.before?.code, seen.before?.stderr).toBe(1);
  expect(seen.after?.code, `${seen.after?.stderr}${seen.after?.stdout}`).toBe(0);
  const [before, after] = [recordIn('before'), recordIn('after')];
  expect(after.cases.map(({ id }) => id)).toEqual(before.cases.map(({ id }) => id));
  const names = [before.run.name, after.run.name];
  for (const { clause, attempts = [] } of after.cases) {
    const outcomes = attempts.map(({ run, verdict }) => `${names.indexOf(run)} ${verdict.is}`);
    // One of the cases with this finding failed twice: the one that was run again alone.
    expect([...new Set(outcomes)]).toEqual(clause === failing ? ['0 fail', '1 pass'] : ['0 pass']);
  }
});

test('the plan of a run with --failed-in lists the cases that it runs', () => {
  const plan = JSON.parse(seen.plan?.stdout ?? '') as PlanReport;
  const before = recordIn('before');
  expect(plan.cases).toEqual(before.cases.flatMap(({ id, clause }) => (clause === failing ? [id] : [])));
  expect(plan.again).toEqual([before.run.name]);
  expect(plan.estimate.baseline).toMatchObject({ kind: 'own', run: before.run.name });
});

test('a run with reused and repeated cases can be verified', async () => {
  const { refused, held } = await verifyFolder(join(place, 'after'), {});
  expect(refused).toBeUndefined();
  const { cases } = recordIn('after');
  const attempts = cases.reduce((sum, one) => sum + (one.attempts?.length ?? 1), 0);
  expect(held.join('\n')).toContain(`${attempts} cases have the same verdicts`);
});

test('every report has both attempts', () => {
  const name = recordIn('before').run.name;
  const both = new RegExp(
    `#tags-are-the-given-ones\\S* at 2\\.70[\\d., ]*: fail in ${name}(?:, fail in ${name} alone)?, pass now`,
  );
  expect(seen.after?.stdout.replace(/\s+/g, ' ')).toMatch(both);
  expect(textIn('after/report.md')).toMatch(both);
  expect(textIn('after/junit.xml')).toContain(`fail in ${name}, pass now`);
  for (const text of [seen.after?.stdout ?? '', textIn('after/report.md'), textIn('after/junit.xml')]) {
    expect(text).toContain(name);
  }
});

test('if everything passed, nothing is run again', () => {
  expect(seen.nothing).toMatchObject({ code: 3, stdout: '' });
  expect(seen.nothing?.stderr).toBe(
    'openstack-conformance: There is nothing to run again of after: every case passed or does not apply.\n',
  );
});

test('the exit code of replay is that of the new verdict: 1 for a failure, 0 for a pass', () => {
  expect(seen.failedAgain?.code, seen.failedAgain?.stderr).toBe(1);
  expect(seen.failedAgain?.stdout).toMatch(/^before +fail[^]*^now +fail/m);
  expect(seen.passedAgain?.code, seen.passedAgain?.stderr).toBe(0);
  expect(seen.passedAgain?.stdout).toMatch(/^before +pass[^]*^now +pass/m);
  expect(seen.fixed?.code, seen.fixed?.stderr).toBe(0);
  expect(seen.fixed?.stdout).toMatch(/^before +fail[^]*^now +pass/m);
});

test.each([
  [
    'a case that the run does not have',
    ['replay', `${failing}@2.50`, '--run', 'before'],
    `before has no case ${failing}@2.50. Pass a clause with its microversion: the run has ${failing}@2.70, `,
  ],
  [
    'a folder without a run',
    ['replay', `${failing}@2.70`, '--run', 'nowhere'],
    'nowhere is not a run folder: it has no journal.ndjson.',
  ],
  [
    'a level with --failed-in',
    ['run', '--failed-in', 'before', '--level', 'must'],
    '--failed-in selects the cases to run. Leave out --level.',
  ],
] as const)('%s is refused with one sentence', async (_, args, sentence) => {
  const { code, stdout, stderr } = await runCli([...args, '--output', 'refused'], place);
  expect(stderr).toContain(`openstack-conformance: ${sentence}`);
  expect(stderr.trim()).not.toContain('\n');
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
});

test.each([
  { include: ['x'] },
  { exclude: ['x'] },
  { level: 'must' },
  { microversions: '2.1' },
  { sweep: true },
  { once: true },
  { shard: '1/2' },
] as const)('%j cannot be combined with --failed-in', (given) => {
  const [name = ''] = Object.keys(given);
  expect(() => readRunKind({ ...given, failedIn: 'before' }, undefined)).toThrow(
    `--failed-in selects the cases to run. Leave out --${name}.`,
  );
});
