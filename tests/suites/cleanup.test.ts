/** `cleanup` after a killed run removes all that is in the ledger, and nothing else. */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startSimulator } from '../../targets/simulator/index.ts';
import { Lab } from '../simulator/lab.ts';
import { cloudsIn, runCli, startCli, temporaryFolder } from '../cli/run-child.ts';
import { readRunFolder } from './run-folder.ts';

const lab = await Lab.start();
afterAll(() => lab.close());
const member = await lab.as('sim-demo');

async function names(): Promise<readonly string[]> {
  const servers = await member.compute('GET', '/servers');
  const volumes = await member.volume('GET', '/volumes');
  const listed = [servers.body, volumes.body] as unknown as Record<string, { name: string }[]>[];
  return listed.flatMap((body) => Object.values(body).flatMap((things) => things.map(({ name }) => name)));
}

test('the resources of a killed run are removed, and those of others stay', async () => {
  await lab.server();
  await lab.volume();
  const before = await names();
  const folder = temporaryFolder();
  const env = cloudsIn(folder, lab.simulator.clouds);
  const out = join(folder, 'out');
  const some = ['--resource', 'volume-attachments'];
  const run = startCli(['run', '--os-cloud', 'sim-demo', ...some, '--output', out], folder, env);
  await run.says(' pass');
  const early = await runCli(['cleanup', out, '--os-cloud', 'sim-demo'], folder, env);
  expect(early.code).toBe(3);
  expect(early.stderr).toContain(' is still active: process ');
  run.signal('SIGKILL');
  await run.ended;
  expect((await names()).length).toBeGreaterThan(before.length);
  // The request of an incomplete line was never sent.
  appendFileSync(join(out, 'ledger.ndjson'), '{"event":"intent","type":"ser');
  const otherCloud = await startSimulator();
  const wrong = await runCli(
    ['cleanup', out, '--os-cloud', 'sim-demo'],
    folder,
    cloudsIn(temporaryFolder(), otherCloud.clouds),
  );
  await otherCloud.close();
  expect(wrong.code).toBe(3);
  expect(wrong.stderr).toContain('nothing was removed');
  const otherProject = await runCli(['cleanup', out, '--os-cloud', 'sim-alt'], folder, env);
  expect(otherProject.code).toBe(3);
  expect(otherProject.stderr).toContain('nothing was removed');
  const cleaned = await runCli(['cleanup', out, '--os-cloud', 'sim-demo'], folder, env);
  expect(cleaned).toMatchObject({ code: 0, stderr: '' });
  expect(cleaned.stdout).toMatch(/^(\d+) of \1 resources removed\.\n$/);
  expect((await names()).toSorted()).toEqual(before.toSorted());
  const reported = await runCli(['report', out, '--reporter', 'json'], folder);
  expect(reported.code).toBe(0);
  const { report } = readRunFolder(out);
  expect(report).toMatchObject({ run: { ended: 'crashed' }, leaks: [] });
  expect(report.target.identities.find(({ role }) => role === 'member')?.project).toBe(member.projectId);
  const again = await runCli(['cleanup', out, '--os-cloud', 'sim-demo'], folder, env);
  expect(again).toMatchObject({ code: 0, stdout: 'Nothing of this run is left.\n' });
});

test('a creation without a response is found by its name', async () => {
  const folder = temporaryFolder();
  const env = cloudsIn(folder, lab.simulator.clouds);
  const ledger = join(folder, 'ledger.ndjson');
  const body = { volume: { name: 'osc-0a1b2c-volume-1', size: 1 } };
  expect((await member.volume('POST', '/volumes', { body })).status).toBe(202);
  const intent = { event: 'intent', type: 'volume', name: 'osc-0a1b2c-volume-1', at: '2026-01-01T00:00:00.000Z' };
  appendFileSync(ledger, `${JSON.stringify(intent)}\n`);
  const target = {
    services: {
      compute: { endpoint: `${lab.origin}/compute/v2.1` },
      'block-storage': { endpoint: `${lab.origin}/volume/v3/${member.projectId}` },
    },
  };
  appendFileSync(join(folder, 'journal.ndjson'), `${JSON.stringify({ line: 'run', target })}\n`);
  const { code, stdout } = await runCli(['cleanup', folder, '--os-cloud', 'sim-demo'], folder, env);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '1 of 1 resources removed.\n' });
  expect(await names()).not.toContain('osc-0a1b2c-volume-1');
  expect(readFileSync(ledger, 'utf8')).toContain('"removed"');
});

test('a creation without effect is recorded as refused, so that a second clean-up is not needed', async () => {
  const folder = temporaryFolder();
  const env = cloudsIn(folder, lab.simulator.clouds);
  const intent = { event: 'intent', type: 'volume', name: 'osc-0a1b2d-volume-1', at: '2026-01-01T00:00:00.000Z' };
  appendFileSync(join(folder, 'ledger.ndjson'), `${JSON.stringify(intent)}\n`);
  const target = {
    services: {
      compute: { endpoint: `${lab.origin}/compute/v2.1` },
      'block-storage': { endpoint: `${lab.origin}/volume/v3/${member.projectId}` },
    },
  };
  appendFileSync(
    join(folder, 'journal.ndjson'),
    `${JSON.stringify({ line: 'run', run: { name: 'osc-0a1b2d' }, target })}\n`,
  );
  const first = await runCli(['cleanup', folder, '--os-cloud', 'sim-demo'], folder, env);
  expect(first).toMatchObject({ code: 0, stderr: '', stdout: 'Nothing of this run is left.\n' });
  expect(readFileSync(join(folder, 'ledger.ndjson'), 'utf8')).toContain('"refused"');
  const second = await runCli(['cleanup', folder], folder, {});
  expect(second).toMatchObject({ code: 0, stderr: '', stdout: 'Nothing of this run is left.\n' });
});

test('a folder without a ledger, and a damaged ledger, are refused with one sentence', async () => {
  const folder = temporaryFolder();
  const none = await runCli(['cleanup', folder], folder);
  expect(none).toMatchObject({ code: 3, stdout: '' });
  expect(none.stderr).toContain('is not a run folder: it has no ledger.ndjson.');
  appendFileSync(join(folder, 'ledger.ndjson'), 'rubbish\n{"event":"intent"}\n');
  const damaged = await runCli(['cleanup', folder], folder);
  expect(damaged).toMatchObject({ code: 3, stdout: '' });
  expect(damaged.stderr).toContain('Line 1 of the ledger is not a ledger entry; expected: an object.');
});
