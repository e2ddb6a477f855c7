/** The census of a run on the embedded cloud: what others do meanwhile is told, and what stays of the run is a leak. */
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { cloudsIn, startCli, temporaryFolder } from '../cli/run-child.ts';
import { Lab } from '../simulator/lab.ts';
import { readRunFolder } from './run-folder.ts';

vi.setConfig({ testTimeout: 300_000 });

const lab = await Lab.start();
afterAll(() => lab.close());
const member = await lab.as('sim-demo');

const patiently = { timeout: 60_000 };
// At a pace at which much is still to come when the first case has passed.
const slice = ['--include', 'compute/detach-volume#answers-202', '--requests-per-second', '10'];

test('what others do during a run is told by kind, and bears on no verdict', async () => {
  const goes = await lab.volume();
  const stays = await lab.volume();
  const folder = temporaryFolder();
  const env = cloudsIn(folder, lab.simulator.clouds);
  const out = join(folder, 'out');
  const run = startCli(['run', '--os-cloud', 'sim-demo', '--other', 'sim-alt', '--output', out, ...slice], folder, env);
  await run.says(' pass');
  // The run waits, so that both changes are whole before it counts again.
  run.signal('SIGSTOP');
  expect((await member.volume('DELETE', `/volumes/${goes}`)).status).toBe(202);
  await expect.poll(async () => (await member.volume('GET', `/volumes/${goes}`)).status, patiently).toBe(404);
  const comes = await lab.volume();
  run.signal('SIGCONT');
  const { code, stdout } = await run.ended;
  const { report, journal } = readRunFolder(out);
  expect(journal.filter(({ line }) => line === 'census').map((line) => 'when' in line && line.when)).toEqual([
    'before',
    'after',
  ]);
  const [census] = report.censuses ?? [];
  const counts = [0, 2].map((count) => ({ identity: 'member', type: count === 0 ? 'server' : 'volume', count }));
  const others = ['server', 'volume'].map((type) => ({ identity: 'other', type, count: 0 }));
  expect(census).toMatchObject({ run: report.run.name, before: [...counts, ...others], more: 0 });
  expect(census?.after).toEqual(census?.before);
  expect(census?.changes.map(({ id, before, after }) => [id, before?.status, after?.status]).sort()).toEqual(
    [
      [goes, 'available', undefined],
      [comes, undefined, 'available'],
    ].sort(),
  );
  expect(JSON.stringify(census?.changes)).not.toContain(stays);
  expect(stdout).toContain('Changed during the run, not by it:');
  expect(report).toMatchObject({ verdict: 'passed', leaks: [] });
  expect(code).toBe(0);
});
