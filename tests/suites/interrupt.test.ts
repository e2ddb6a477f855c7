/** An interrupted run: it starts nothing more, removes what it created, and reports it. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyFolder } from '../../cli/verify/verify-folder.ts';
import { startSimulator } from '../../targets/simulator/index.ts';
import { cloudsIn, runCli, startCli, temporaryFolder } from '../cli/run-child.ts';
import { readRunFolder } from './run-folder.ts';

/** About a hundred cases: the signal comes when the first are decided, while most wait. */
const some = ['--include', 'compute/detach-volume#*'];

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends a run cleanly', async (signal) => {
  const simulator = await startSimulator();
  const folder = temporaryFolder();
  const output = join(folder, 'out');
  const args = ['run', '--os-cloud', 'sim-demo', ...some, '--output', output];
  const run = startCli(args, folder, cloudsIn(folder, simulator.clouds));
  await run.says(' pass');
  run.signal(signal);
  const { code, stderr } = await run.ended;
  const { report, ledger } = readRunFolder(output);
  expect(code).toBe(2);
  expect(stderr).toContain('Interrupted: ');
  expect(report).toMatchObject({ verdict: 'partial', run: { ended: 'interrupted' }, leaks: [] });
  expect(report.counts.cases.pass).toBeGreaterThan(0);
  expect(report.counts.cases['not-attempted']).toBeGreaterThan(0);
  expect(report.counts.cases.error).toBe(0);
  expect((await verifyFolder(output, {})).refused).toBeUndefined();
  const names = (event: string) => ledger.filter((entry) => entry.event === event).map(({ name }) => name);
  expect(names('created').length).toBeGreaterThan(0);
  expect(names('removed').sort()).toEqual(names('created').sort());
  expect(simulator.internalErrors).toEqual([]);
  await simulator.close();
});

test('a deadline ends a run cleanly, with the verdicts until then', async () => {
  const simulator = await startSimulator({ pace: 2_000 });
  const folder = temporaryFolder();
  const output = join(folder, 'out');
  const slow = ['--resource', 'volume-attachments', '--deadline', '16s', '--max-servers', '2'];
  const args = ['run', '--os-cloud', 'sim-demo', '--output', output, ...slow];
  const { code, stderr } = await runCli(args, folder, cloudsIn(folder, simulator.clouds));
  const { report, ledger } = readRunFolder(output);
  expect(code).toBe(2);
  expect(stderr).toContain('The time for cases is over');
  expect(report).toMatchObject({ verdict: 'partial', run: { ended: 'deadline' }, leaks: [] });
  expect(report.counts.cases['not-attempted']).toBeGreaterThan(0);
  expect(report.counts.cases.error).toBe(0);
  expect((await verifyFolder(output, {})).refused).toBeUndefined();
  const names = (event: string) => ledger.filter((entry) => entry.event === event).map(({ name }) => name);
  expect(names('removed').sort()).toEqual(names('created').sort());
  expect(simulator.internalErrors).toEqual([]);
  await simulator.close();
});

test('a second interrupt ends a run at once and names the clean-up command with its region', async () => {
  const simulator = await startSimulator({ traits: ['two-regions'] });
  const folder = temporaryFolder();
  const output = join(folder, 'out');
  const env = cloudsIn(folder, simulator.clouds);
  const where = ['--os-cloud', 'sim-demo', '--os-region-name', 'RegionTwo', '--os-interface', 'public'];
  const run = startCli(['run', ...where, ...some, '--output', output], folder, env);
  await run.says(' pass');
  run.signal('SIGINT');
  await run.says('Interrupted: ');
  run.signal('SIGINT');
  const { code, stderr } = await run.ended;
  expect(code).toBe(2);
  const command = /To remove what is left: openstack-conformance (.+)$/m.exec(stderr)?.[1] ?? '';
  expect(command).toBe(['cleanup', output, ...where].join(' '));
  const elsewhere = await runCli(['cleanup', output, '--os-cloud', 'sim-demo'], folder, env);
  expect(elsewhere).toMatchObject({ code: 3, stdout: '' });
  expect(elsewhere.stderr).toMatch(/The run was on .*RegionTwo.*; nothing was removed\..* --os-region-name/);
  const cleaned = await runCli(command.split(' '), folder, env);
  expect(cleaned).toMatchObject({ code: 0, stderr: '' });
  await simulator.close();
});
