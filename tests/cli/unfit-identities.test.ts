/** A run with unusable identities: it reports them, and their clauses are not attempted, never failed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunReport } from '../../src/records/report.ts';
import { startSimulator, type Simulator } from '../../targets/simulator/index.ts';
import { cloudsIn, runCli, temporaryFolder } from './run-child.ts';

const folder = temporaryFolder();
let simulator: Simulator;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  simulator = await startSimulator();
  const { clouds } = simulator.clouds;
  const demo = clouds['sim-demo'];
  const changed = (auth: Record<string, string>): object => ({ ...demo, auth: { ...demo?.auth, ...auth } });
  const more = { locked: changed({ password: 'wrong' }), unscoped: changed({ project_name: '' }) };
  env = cloudsIn(folder, { clouds: { ...clouds, ...more } } as unknown as Simulator['clouds']);
});
afterAll(() => simulator.close());

test('a system-scoped administrator, an unauthenticated reader, and an "other" of the same project', async () => {
  const others = ['--admin', 'sim-system-admin', '--reader', 'locked', '--other', 'sim-demo'];
  const only = [
    '--include',
    'compute/*-volume#permits-an-administrator',
    '--include',
    'compute/detach-volume#answers-202',
    '--include',
    'compute/*-volume#*reader*',
  ];
  const args = [
    'run',
    '--os-cloud',
    'sim-demo',
    ...others,
    ...only,
    '--include',
    'compute/*-volume#*other-project*',
    '--once',
  ];
  const { code, stderr } = await runCli([...args, '--output', 'out'], folder, env);
  expect(stderr).toContain('WARNING: The token of the admin (cloud sim-system-admin) is for the whole system');
  expect(stderr).toContain('WARNING: The reader (cloud locked) could not sign in: ');
  expect(stderr).toContain('WARNING: The other (cloud sim-demo) is in the project of the member, demo');
  const { cases, scope, target } = JSON.parse(readFileSync(join(folder, 'out/report.json'), 'utf8')) as RunReport;
  const facts = target.identities.flatMap(({ role, unusable }) => (unusable === undefined ? [] : [[role, unusable]]));
  expect(Object.fromEntries(facts)).toEqual({
    reader: expect.stringMatching(/^The reader \(cloud locked\) could not sign in: /) as string,
    other: expect.stringMatching(/^The other \(cloud sim-demo\) is in the project of the member, demo/) as string,
    admin: expect.stringMatching(/^The token of the admin .* is for the whole system/) as string,
  });
  for (const role of ['reader', 'other', 'admin']) {
    expect(scope?.summary).toMatch(new RegExp(`clauses need the ${role} identity, which cannot be used`));
  }
  expect(scope?.summary).not.toContain('not given');
  expect(cases.filter(({ verdict }) => !['pass', 'not-attempted'].includes(verdict.is))).toEqual([]);
  const left = cases.flatMap(({ verdict }) => (verdict.is === 'not-attempted' ? [verdict] : []));
  const reasons = new Set(left.map(({ reason }) => reason.split(')')[0]));
  expect([...reasons].sort()).toEqual([
    'The other (cloud sim-demo',
    'The reader (cloud locked',
    'The token of the admin (cloud sim-system-admin',
  ]);
  expect(left.every(({ remedy }) => remedy !== undefined)).toBe(true);
  expect(code).toBe(2);
});

test.each([
  ['locked', 'answered 401 to the sign-in of member'],
  ['unscoped', 'The token of the member (cloud unscoped) is without any scope'],
])(
  'a member that is %s ends run and doctor with exit code 3 and the reason',
  async (cloud, says) => {
    const run = await runCli(['run', '--os-cloud', cloud, '--output', 'none'], folder, env);
    expect(run.stderr).toContain(says);
    expect(run.code).toBe(3);
    const doctor = await runCli(['doctor', '--os-cloud', cloud], folder, env);
    expect(doctor.stdout.replace(/\s+/g, ' ')).toContain(`member cannot be used: `);
    expect(doctor.stdout.replace(/\s+/g, ' ')).toContain(says);
    expect(doctor.code).toBe(3);
  },
  60_000,
);
