/** `doctor` and `plan` on the embedded cloud: what they report, their exit codes, and that they change nothing. */
import { readFileSync } from 'node:fs';
import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DoctorReport } from '../../src/records/doctor.ts';
import type { PlanReport } from '../../src/records/plan.ts';
import { startSimulator, type Simulator } from '../../targets/simulator/index.ts';
import { errorsIn, publishedSchema } from '../records/published-schema.ts';
import { cloudsIn, runCli, temporaryFolder } from './run-child.ts';

const seen: string[] = [];
let simulator: Simulator;
let front: Server;
let env: Readonly<Record<string, string>>;
const folder = temporaryFolder();
const hourMs = 3_600_000;

beforeAll(async () => {
  simulator = await startSimulator({ quotas: { servers: 10 } });
  const behind = new URL(Object.values(simulator.clouds.clouds)[0]?.auth.auth_url ?? '');
  // The catalogue repeats the requested host, so that every request passes this proxy.
  front = createServer((incoming, outgoing) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    const { method, url, headers } = incoming;
    const onward = forward(
      { host: behind.hostname, port: behind.port, method, path: url, headers, agent: false },
      (answer) => {
        // A clock one hour ahead.
        const date = new Date(Date.now() + hourMs).toUTCString();
        outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, date });
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const { port } = front.address() as AddressInfo;
  const text = JSON.stringify(simulator.clouds).replaceAll(behind.origin, `http://127.0.0.1:${port}`);
  env = cloudsIn(folder, JSON.parse(text) as Simulator['clouds']);
});
afterAll(async () => {
  front.close();
  await simulator.close();
});

const validate = publishedSchema('doctor');

async function doctor(args: readonly string[]): Promise<{ code: number | null; report: DoctorReport }> {
  const { code, stdout, stderr } = await runCli(['doctor', '--json', ...args], folder, env);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as DoctorReport;
  expect(errorsIn(validate, report)).toEqual([]);
  return { code, report };
}

test('a member alone decides some clauses, and the others are reported with their remedy', async () => {
  seen.length = 0;
  const { code, report } = await doctor(['--os-cloud', 'sim-demo']);
  expect(code).toBe(2);
  expect(report.ability).toBe('partial');
  expect(report.identities[0]).toMatchObject({ role: 'member', given: true, user: 'demo', project: 'demo' });
  const reader = report.identities[1];
  expect(reader).toMatchObject({ given: false, option: '--reader CLOUD' });
  expect(reader?.cases).toBeGreaterThan(0);
  expect(report.blockers).toContainEqual(expect.objectContaining({ remedy: 'Add --reader CLOUD.' }));
  const remedies = report.advice.map(({ remedy }) => remedy);
  expect(remedies).toContain('Delete some or raise the quota, or accept a slower run: a run never exceeds the quota.');
  // To the minute: the request itself takes some time.
  expect(Math.round((report.target.clockAheadMs ?? 0) / 60_000)).toBe(60);
  expect(remedies).toContain('Synchronise both clocks by NTP.');
});

test('only authentication and read requests are sent', () => {
  expect(seen.length).toBeGreaterThan(8);
  expect(new Set(seen.filter((line) => !line.startsWith('GET ')))).toEqual(new Set(['POST /identity/v3/auth/tokens']));
});

test('all identities together decide all mandatory clauses', async () => {
  const others = ['--reader', 'sim-demo-reader', '--other', 'sim-alt', '--admin', 'sim-admin'];
  const { code, report } = await doctor(['--os-cloud', 'sim-demo', ...others, '--service', 'sim-demo-service']);
  expect(report.ability).toBe('whole');
  expect(report.capabilities.map(({ source }) => source)).toEqual([
    'assumed',
    ...['found', 'found', 'found', 'found', 'found'],
    ...['assumed', 'assumed'],
  ]);
  expect(code).toBe(0);
});

test.each([['a missing flavor', ['--flavor', 'huge'], 'It shows: m1.nano (42), m1.micro (84)']])(
  '%s is reported, with exit code 3',
  async (_, args, says) => {
    const { clouds } = JSON.parse(readFileSync(join(folder, 'clouds.yaml'), 'utf8')) as {
      clouds: Record<string, { auth: Record<string, string> }>;
    };
    const admin = clouds['sim-admin'];
    const broken = { ...clouds, 'sim-broken': { ...admin, auth: { ...admin?.auth, password: 'wrong' } } };
    env = cloudsIn(folder, { clouds: broken } as unknown as Simulator['clouds']);
    const { code, report } = await doctor(['--os-cloud', 'sim-demo', ...args]);
    expect(report.refusals.map(({ what }) => what).join()).toContain(says);
    expect(code).toBe(3);
  },
);

test.each([
  ['wrong password', 'sim-broken', 'The admin (cloud sim-broken) could not sign in: ', 'Or leave out --admin CLOUD.'],
  [
    'scope of the system',
    'sim-system-admin',
    'The token of the admin (cloud sim-system-admin) is for the whole system, but Nova accepts only tokens of projects.',
    'project_name instead of system_scope',
  ],
])('an administrator with a %s is reported, and its clauses are missing', async (_, cloud, reason, remedy) => {
  const { code, report } = await doctor(['--os-cloud', 'sim-demo', '--admin', cloud]);
  const admin = report.identities.find(({ role }) => role === 'admin');
  expect(admin?.unusable?.what).toContain(reason);
  expect(admin?.unusable?.remedy).toContain(remedy);
  expect(
    report.blockers
      .filter(({ verdict }) => verdict === 'not-attempted')
      .map((one) => one.reason)
      .join(),
  ).toContain(reason);
  expect(report.ability).toBe('partial');
  expect(code).toBe(2);
});

test('a plan lists its cases, and what it excludes with the remedy', async () => {
  seen.length = 0;
  const args = ['plan', '--os-cloud', 'sim-demo', '--include', 'compute/detach-volume', '--json'];
  const { code, stdout } = await runCli(args, folder, env);
  const plan = JSON.parse(stdout) as PlanReport;
  expect(plan.cases.length).toBe(plan.operations[0]?.decidable);
  expect(plan.leftOut.every(({ cases }) => cases.length > 0)).toBe(true);
  expect(plan.estimate.baseline.kind).toBe('shipped');
  expect(new Set(seen.filter((line) => !line.startsWith('GET ')))).toEqual(new Set(['POST /identity/v3/auth/tokens']));
  expect(code).toBe(0);
});
