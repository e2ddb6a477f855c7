/** `mutation-test` on the command line, and how it reports its results. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isProven, renderMutationTest } from '../../cli/mutation-test/render-mutation-test.ts';
import type { MutationReport } from '../../src/records/mutation-test.ts';
import { startSimulator, type Simulator } from '../../targets/simulator/index.ts';
import { cloudsIn, runCli, temporaryFolder, type Ended } from '../cli/run-child.ts';

const running: Simulator[] = [];
afterAll(() => Promise.all(running.map((simulator) => simulator.close())));

const testMutants = (...args: readonly string[]): Promise<Ended> =>
  runCli(['mutation-test', ...args], temporaryFolder());

const dropsTag = 'compute/attach-volume:null-field:tag';
const repeatsTag = 'compute/attach-volume#repeats-the-tag';

test('a clause that falls to the fault it names is proven: exit code 0', async () => {
  const { code, stdout, stderr } = await testMutants('--named', '--fault', dropsTag, '--clause', repeatsTag);
  expect(stdout).toContain('clauses    1, of which 1 fail under every fault that they name\n');
  expect(stdout).toContain('faults     1, of which 0 equivalent and 1 of 1 killed\n');
  expect(stdout).toContain('kills      1\n');
  expect(stderr).toContain('1 trials of 1 faults.\n');
  expect(code).toBe(0);
});

test('a fault that breaks none of the clauses survives, and is told: exit code 1', async () => {
  const { code, stdout } = await testMutants(
    '--fault',
    dropsTag,
    '--clause',
    'compute/show-volume-attachment#answers-200',
  );
  expect(stdout).toContain(
    'Surviving faults (1)\n  compute/attach-volume:null-field:tag: The response of the endpoint attach-volume ',
  );
  expect(stdout).toContain('faults     1, of which 0 equivalent and 0 of 1 killed\n');
  expect(code).toBe(1);
});

test('a round in which nothing goes on trial proves nothing: exit code 1', async () => {
  const only = ['--fault', dropsTag, '--clause', 'compute/show-volume-attachment#answers-200'];
  const { code, stdout } = await testMutants('--named', ...only);
  expect(stdout).toContain('clauses    1, of which 0 fail under every fault');
  expect(code).toBe(1);
});

test.each(['clause', 'fault'])('a --%s that fits none is refused', async (option) => {
  expect(await testMutants(`--${option}`, 'compute:no-such-thing')).toEqual({
    code: 3,
    stdout: '',
    stderr: `openstack-conformance: No ${option} matches --${option}.\n`,
  });
});

test('told as JSON, it has every kill by its fault', async () => {
  const clause = 'compute/show-volume-attachment#reply-has-tag';
  const [drops, renames] = ['drops-member', 'renames-member'].map(
    (kind) => `derived:${kind}:compute/show-volume-attachment:/volumeAttachment/tag:2.70-2.78`,
  ) as [string, string];
  const { code, stdout } = await testMutants(
    '--all',
    '--json',
    '--fault',
    drops,
    '--fault',
    renames,
    '--clause',
    clause,
  );
  expect(JSON.parse(stdout)).toMatchObject({ kills: { [drops]: [clause], [renames]: [clause] } });
  expect(code).toBe(0);
});

test('on a cloud of its own user, behind the proxy, clauses fall and nothing stays behind', async () => {
  const simulator = await startSimulator({ pace: 1 });
  running.push(simulator);
  const folder = temporaryFolder();
  const fault = 'derived:drops-member:compute/show-volume-attachment:/volumeAttachment/tag:*';
  const clause = 'compute/show-volume-attachment#reply-has-tag';
  const args = [
    'mutation-test',
    '--os-cloud',
    'sim-demo',
    '--named',
    '--fault',
    fault,
    '--clause',
    clause,
    '--output',
    'out',
  ];
  const { code, stdout, stderr } = await runCli(args, folder, cloudsIn(folder, simulator.clouds));
  expect(stdout).toMatch(/^clauses {4}1, of which 1 fail under every fault that they name\n/);
  expect(stdout).toMatch(/faults {5}(\d+), of which 0 equivalent and \1 of \1 killed\n/);
  expect(stderr).not.toContain('Left behind');
  expect(code).toBe(0);
  expect(existsSync(join(folder, 'out', 'ledger.ndjson'))).toBe(true);
  const ledger = readFileSync(join(folder, 'out', 'ledger.ndjson'), 'utf8')
    .trim()
    .split('\n');
  const events = ledger.map((line) => (JSON.parse(line) as { readonly event: string }).event);
  const count = (event: string): number => events.filter((one) => one === event).length;
  expect(count('created')).toBeGreaterThan(0);
  expect(count('removed')).toBe(count('created'));
  expect(simulator.internalErrors).toEqual([]);
});

test('on a cloud of its own user, the faults of the embedded cloud are not said to be unknown', async () => {
  const simulator = await startSimulator({ pace: 1 });
  running.push(simulator);
  const folder = temporaryFolder();
  const fault = 'derived:drops-member:compute/attach-volume:*';
  const args = ['mutation-test', '--os-cloud', 'sim-demo', '--named', '--fault', fault, '--clause', repeatsTag];
  const { stdout } = await runCli(args, folder, cloudsIn(folder, simulator.clouds));
  expect(stdout).not.toContain('Unknown faults');
});

const proven: MutationReport = {
  clauses: 3,
  faults: 4,
  kills: 5,
  proven: 3,
  killed: 3,
  unsound: [],
  deviating: [],
  missed: [],
  unknown: [],
  unproven: [],
  survivors: [],
  equivalents: [{ fault: 'compute:e', why: 'Nobody sees it.' }],
  mistaken: [],
};

test('a round where nothing is left to be shown is proven, faults that no client can tell or not', () => {
  expect(isProven(proven)).toBe(true);
  expect(renderMutationTest({ report: proven, durationMs: 1234, trials: 12, reused: 34 })).toBe(
    [
      'Equivalent faults (1)',
      '  compute:e: Nobody sees it.',
      '',
      'clauses    3, of which 3 fail under every fault that they name',
      'faults     4, of which 1 equivalent and 3 of 3 killed',
      'kills      5',
      'pairs      12 run, 34 recorded kills reused',
      'time       1.2 s',
      '',
    ].join('\n'),
  );
});

const open: readonly (readonly [string, Partial<MutationReport>, string])[] = [
  [
    'a clause that fails without a fault',
    { unsound: [{ clause: 'a#x@2.1', why: 'fail' }] },
    'Clauses that fail without a fault (1)\n  a#x@2.1: fail\n',
  ],
  [
    'a clause that survives a fault that it names',
    { missed: [{ clause: 'a#x', fault: 'f:g', why: 'inconclusive: No server.' }] },
    'Clauses that do not fail under a fault that they name (1)\n  a#x under f:g: inconclusive: No server.\n',
  ],
  [
    'a name of no fault',
    { unknown: [{ clause: 'a#x', fault: 'f:g' }] },
    'Unknown faults that clauses name (1)\n  f:g (a#x)\n',
  ],
  [
    'a clause that nothing breaks',
    { unproven: ['a#x', 'a#y'] },
    'Clauses that fail under no fault (2)\n  a#x\n  a#y\n',
  ],
  [
    'a fault that breaks nothing',
    { survivors: [{ fault: 'f:g', summary: 'It lies.' }] },
    'Surviving faults (1)\n  f:g: It lies.\n',
  ],
  [
    'a fault that is not equivalent after all',
    { mistaken: [{ fault: 'f:g', clause: 'a#x' }] },
    'Faults declared equivalent that make a clause fail (1)\n  f:g (a#x)\n',
  ],
  ['a round without a kill', { kills: 0 }, 'kills      0\n'],
];

test.each(open)('%s leaves the round unproven, and is told', (_, part, told) => {
  const report = { ...proven, ...part };
  expect(isProven(report)).toBe(false);
  expect(renderMutationTest({ report, durationMs: 1, trials: 1, reused: 0 })).toContain(told);
});
