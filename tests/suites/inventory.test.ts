/** The inventory of a run: changes by other clients are reported, and resources left by the run are leaks. */
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cloudsIn, startCli, temporaryFolder } from '../cli/run-child.ts';
import { Lab } from '../simulator/lab.ts';
import { readRunFolder } from './run-folder.ts';

const lab = await Lab.start();
afterAll(() => lab.close());
const member = await lab.as('sim-demo');

const longTimeout = { timeout: 60_000 };
// So slow that most requests are still to be sent when the first case has passed.
const slice = ['--include', 'compute/detach-volume#answers-202', '--requests-per-second', '10'];

test('changes by other clients during a run are reported by kind and do not affect the verdicts', async () => {
  const deleted = await lab.volume();
  const kept = await lab.volume();
  const folder = temporaryFolder();
  const env = cloudsIn(folder, lab.simulator.clouds);
  const out = join(folder, 'out');
  const run = startCli(['run', '--os-cloud', 'sim-demo', '--other', 'sim-alt', '--output', out, ...slice], folder, env);
  await run.says(' pass');
  // The run is stopped until both changes are complete.
  run.signal('SIGSTOP');
  expect((await member.volume('DELETE', `/volumes/${deleted}`)).status).toBe(202);
  await expect.poll(async () => (await member.volume('GET', `/volumes/${deleted}`)).status, longTimeout).toBe(404);
  const created = await lab.volume();
  run.signal('SIGCONT');
  const { code, stdout } = await run.ended;
  const { report, journal } = readRunFolder(out);
  expect(journal.filter(({ line }) => line === 'inventory').map((line) => 'when' in line && line.when)).toEqual([
    'before',
    'after',
  ]);
  const [inventory] = report.inventories ?? [];
  const count = (identity: string, type: string, of: number) => ({ identity, type, count: of });
  const expected = ['member', 'other'].flatMap((identity) => [
    count(identity, 'server', 0),
    count(identity, 'server-group', 0),
    count(identity, 'volume', identity === 'member' ? 2 : 0),
    ...['image', 'port', 'security-group', 'floating-ip'].map((type) => count(identity, type, 0)),
  ]);
  expect(inventory).toMatchObject({ run: report.run.name, more: 0 });
  expect(inventory?.before).toHaveLength(expected.length);
  expect(inventory?.before).toEqual(expect.arrayContaining(expected));
  expect(inventory?.after).toEqual(inventory?.before);
  expect(inventory?.changes.map(({ id, before, after }) => [id, before?.status, after?.status]).sort()).toEqual(
    [
      [deleted, 'available', undefined],
      [created, undefined, 'available'],
    ].sort(),
  );
  expect(JSON.stringify(inventory?.changes)).not.toContain(kept);
  expect(stdout).toContain('Changed during the run, but not by it:');
  expect(report).toMatchObject({ verdict: 'passed', leaks: [] });
  expect(code).toBe(0);
});
