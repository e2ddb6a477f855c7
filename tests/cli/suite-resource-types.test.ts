/** A resource type that an external suite declares: ledger, guard, capacity, inventory and cleanup follow from it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLedger } from '../../src/resources/ledger.ts';
import { cloudProcess, freePort } from '../runs/cloud-process.ts';
import { readRunFolder } from '../suites/run-folder.ts';
import { runCli, temporaryFolder } from './run-child.ts';

const suite = join(import.meta.dirname, '../fixtures/suite-with-a-resource-type/suite.mjs');
const type = 'application-credential';
const select = (name: string): readonly string[] => ['--suite', suite, '--include', `keys/*#${name}`];
/** A run that decides only clauses of a suite is vacuous. */
const ours = ['--include', 'compute/list-server-groups#answers-200'];

test('its resources are created within its limit, listed before and after, and removed', async () => {
  const folder = temporaryFolder();
  const { env } = await cloudProcess(folder, await freePort());
  const run = (out: string, ...args: readonly string[]) =>
    runCli(['run', '--os-cloud', 'sim-demo', '--output', out, ...ours, ...args], folder, env);

  const whole = await run('whole', ...select('works-beside-credentials'), '--limit', `${type}=1`);
  expect(whole.code, whole.stderr).toBe(0);
  const { report } = readRunFolder(join(folder, 'whole'));
  expect(report.run.limits?.resources).toMatchObject({ server: 24, [type]: 1 });
  const counts = { identity: 'member', type, count: 0 };
  expect(report.inventories?.[0]?.before).toContainEqual(counts);
  expect(report.inventories?.[0]?.after).toContainEqual(counts);
  const made = report.cost.created[type] ?? 0;
  expect(made).toBeGreaterThan(1);
  const events = readLedger(readFileSync(join(folder, 'whole/ledger.ndjson'), 'utf8')).filter(
    (entry) => entry.type === type,
  );
  expect(events.filter(({ event }) => event === 'intent')).toHaveLength(made);
  let there = 0;
  for (const { event } of events) {
    there += event === 'created' ? 1 : event === 'removed' ? -1 : 0;
    expect(there).toBeLessThanOrEqual(1);
  }
  expect(there).toBe(0);

  await run('without', ...select('works-beside-credentials'), '--limit', `${type}=0`);
  const { cases } = readRunFolder(join(folder, 'without')).report;
  expect(cases.find(({ clause }) => clause.startsWith('keys/'))?.verdict).toMatchObject({
    reason: 'The case needs 1 application credential at a time, and the run may have 0.',
    remedy: `Allow more by --limit ${type}=NUMBER.`,
  });
});

test('what a run leaves is removed by cleanup with the suite, and never without it', async () => {
  const folder = temporaryFolder();
  const { env } = await cloudProcess(folder, await freePort());
  const run = ['run', '--os-cloud', 'sim-demo', '--output', 'out', '--keep', ...select('is-accepted-later')];
  expect((await runCli(run, folder, env)).code).toBe(1);
  const [kept] = readRunFolder(join(folder, 'out')).report.kept ?? [];
  expect(kept).toMatchObject({ type });
  expect(kept?.command).toContain(`application credential delete ${kept?.id}`);

  const cleanup = ['cleanup', 'out', '--os-cloud', 'sim-demo'];
  const refused = await runCli(cleanup, folder, env);
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain(`no resource type ${type} is known. Pass the module of the suite`);
  const cleaned = await runCli([...cleanup, '--suite', suite], folder, env);
  expect(cleaned).toMatchObject({ code: 0, stdout: '1 of 1 resources removed.\n', stderr: '' });
  const again = await runCli([...cleanup, '--suite', suite], folder, env);
  expect(again.stdout).toBe('Nothing of this run is left.\n');
});
