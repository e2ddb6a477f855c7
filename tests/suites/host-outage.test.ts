/** Hosts that a run takes out of service: only where it may, and back again, also after it was killed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { setTimeout as pause } from 'node:timers/promises';
import { cloudsIn, runCli, startCli, temporaryFolder } from '../cli/run-child.ts';
import { Lab } from '../simulator/lab.ts';
import { readRunFolder } from './run-folder.ts';

// An evacuation takes seconds.
const lab = await Lab.start({ pace: 3_000 });
afterAll(() => lab.close());
const admin = await lab.as('sim-admin');

interface Service {
  readonly host: string;
  readonly status: string;
  readonly state: string;
}

async function services(): Promise<readonly Service[]> {
  const { body } = await admin.compute('GET', '/os-services');
  return (body as { readonly services: readonly Service[] }).services;
}

async function outOfService(): Promise<readonly string[]> {
  return (await services())
    .filter(({ state, status }) => state !== 'up' || status !== 'enabled')
    .map(({ host }) => host);
}

const evacuation = ['--include', 'compute/evacuate-server#moves-to-another-host', '--admin', 'sim-admin'];

test('a host that was down when a run was killed is taken back into service by cleanup', async () => {
  const folder = temporaryFolder();
  const env = cloudsIn(folder, lab.simulator.clouds);
  const out = join(folder, 'out');
  const exclusive = ['--capability', 'exclusive'];
  const run = startCli(['run', '--os-cloud', 'sim-demo', ...evacuation, ...exclusive, '--output', out], folder, env);
  while ((await outOfService()).length === 0) await pause(50);
  const ledger = readFileSync(join(out, 'ledger.ndjson'), 'utf8');
  expect(ledger).toContain('"type":"host-outage"');
  run.signal('SIGKILL');
  await run.ended;
  expect(await outOfService()).toHaveLength(1);
  const cleaned = await runCli(['cleanup', out, '--os-cloud', 'sim-demo', '--admin', 'sim-admin'], folder, env);
  expect(cleaned).toMatchObject({ code: 0, stderr: '' });
  expect(await outOfService()).toEqual([]);
});

test('no host is taken out of service on a target that others may use', async () => {
  const folder = temporaryFolder();
  const env = cloudsIn(folder, lab.simulator.clouds);
  const out = join(folder, 'out');
  await runCli(['run', '--os-cloud', 'sim-demo', ...evacuation, '--output', out], folder, env);
  const { report, ledger } = readRunFolder(out);
  expect(report.cases.map(({ verdict }) => verdict)).toEqual([
    {
      is: 'not-applicable',
      reason: 'The clause needs the capability exclusive, which this target does not have (assumed).',
    },
  ]);
  expect(ledger).toEqual([]);
});
