/** Reports contain the cloud's own message of an unexpected status, and the fault of a server in error. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { RunReport } from '../../src/records/report.ts';
import { startSimulator } from '../../targets/simulator/index.ts';
import { startFront } from '../suites/front.ts';
import { cloudsIn, runCli, temporaryFolder } from './run-child.ts';

let close: () => Promise<void> = async () => undefined;
afterEach(() => close());

const run = ['run', '--os-cloud', 'sim-demo', '--once', '--output', 'out', '--include'];

test('the terminal and every report have the message of an unexpected status, plain and limited', async () => {
  const front = await startFront();
  close = () => front.close();
  const volume = '5a7be9a8-1ab7-4d65-9e5c-0d6a6b1c7f10';
  const message = `The zones of ${volume} <b>differ</b>\u001b[31m ${'x'.repeat(5_000)}`;
  front.answer = ({ method, url }) =>
    method === 'POST' && url.endsWith('/os-volume_attachments')
      ? [400, { badRequest: { code: 400, message } }]
      : undefined;
  const folder = temporaryFolder();
  const { code, stdout } = await runCli(
    [...run, 'compute/attach-volume#answers-*'],
    folder,
    cloudsIn(folder, front.clouds),
  );
  expect(code).toBe(1);
  const files = ['junit.xml', 'report.sarif', 'report.md', 'summary.md'].map((name) =>
    readFileSync(join(folder, 'out', name), 'utf8'),
  );
  for (const text of [stdout.replace(/\s+/g, ' '), ...files]) {
    expect(text).toMatch(/The zones of \S+ differ/);
    expect(text).toMatch(/\\?\\x1b\\?\[31m x+… \(\d+ more characters\)/);
    expect(text).not.toContain('x'.repeat(300));
  }
  // The summary describes the release, not one cloud.
  expect(files[3]).toContain('answered `400 ("The zones of … differ');
});

test('the fault of a server in error is the reason why cases are inconclusive', async () => {
  const simulator = await startSimulator({ failBoots: 1 });
  close = () => simulator.close();
  const folder = temporaryFolder();
  const env = cloudsIn(folder, simulator.clouds);
  await runCli([...run, 'compute/list-volume-attachments#answers-200'], folder, env);
  const { cases } = JSON.parse(readFileSync(join(folder, 'out/report.json'), 'utf8')) as RunReport;
  expect(cases[0]?.verdict).toMatchObject({
    is: 'inconclusive',
    reason:
      'A server is ERROR instead of ACTIVE. Its fault: No valid host was found. There are not enough hosts available.',
  });
});
