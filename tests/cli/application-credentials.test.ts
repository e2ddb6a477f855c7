/** An application credential brings its project: what signs in with one, and what is refused beside it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunReport } from '../../src/records/report.ts';
import type { Simulator } from '../../targets/simulator/index.ts';
import { Lab, text } from '../simulator/lab.ts';
import { cloudsIn, runCli, temporaryFolder } from './run-child.ts';

const folder = temporaryFolder();
let lab: Lab;
let env: Readonly<Record<string, string>>;
let projectId: string;

beforeAll(async () => {
  lab = await Lab.start();
  const demo = await lab.as('sim-demo');
  projectId = demo.projectId;
  const path = `/users/${demo.userId}/application_credentials`;
  const made = await demo.identity('POST', path, {
    body: { application_credential: { name: 'ci', secret: 's3cret' } },
  });
  const auth = {
    auth_url: lab.simulator.url,
    application_credential_id: text(made, '/application_credential/id'),
    application_credential_secret: 's3cret',
  };
  const own = { auth_type: 'v3applicationcredential', region_name: 'RegionOne', auth };
  const scoped = { ...own, auth: { ...auth, project_name: 'demo' } };
  const { clouds } = lab.simulator.clouds;
  env = cloudsIn(folder, { clouds: { ...clouds, own, scoped } } as unknown as Simulator['clouds']);
});
afterAll(() => lab.close());

test('a run with an application credential is in the project of the credential', async () => {
  const only = ['--once', '--include', 'compute/detach-volume#answers-202', '--output', 'out'];
  const { code, stderr } = await runCli(['run', '--os-cloud', 'own', ...only], folder, env);
  expect(code, stderr).toBe(0);
  const { target, cases, leaks } = JSON.parse(readFileSync(join(folder, 'out/report.json'), 'utf8')) as RunReport;
  expect(target.identities.find(({ role }) => role === 'member')?.project).toBe(projectId);
  expect(cases.map(({ verdict }) => verdict.is)).toEqual(['pass']);
  expect(leaks).toEqual([]);
});

test('a project beside an application credential is refused before anybody is asked', async () => {
  const { code, stderr } = await runCli(['run', '--os-cloud', 'scoped'], folder, env);
  expect(code).toBe(3);
  expect(stderr).toContain('an application credential has a project of its own, and Keystone refuses project_name');
});
