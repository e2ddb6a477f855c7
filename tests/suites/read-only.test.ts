/** Read-only runs: they read existing resources and send no changes. */
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cloudsIn, runCli, temporaryFolder } from '../cli/run-child.ts';
import { Lab } from '../simulator/lab.ts';
import { readRunFolder } from './run-folder.ts';

const lab = await Lab.start();
afterAll(() => lab.close());

const slice = ['show-volume-attachment#answers-200', 'list-volume-attachments#lists-the-root-volume'];

async function read(): Promise<ReturnType<typeof readRunFolder>> {
  const folder = temporaryFolder();
  const out = join(folder, 'out');
  const include = slice.flatMap((word) => ['--include', `compute/${word}`]);
  const args = ['run', '--mode', 'read-only', '--os-cloud', 'sim-demo', '--microversions', 'latest', '--output', out];
  const { code, stderr } = await runCli([...args, ...include], folder, cloudsIn(folder, lab.simulator.clouds));
  expect(code, stderr).toBe(2);
  return readRunFolder(out);
}

test('without a server that has a volume, nothing can be shown', async () => {
  const { report } = await read();
  expect(report.cases.find(({ clause }) => clause.endsWith('#answers-200'))?.verdict).toMatchObject({
    is: 'inconclusive',
    reason:
      'The project of the member has no server with a volume, and a read-only run creates none. Attach a volume to one.',
  });
});

test('with one, clauses that only read are decided, the others have a reason, and the ledger is empty', async () => {
  await lab.pair();
  const { report, ledger } = await read();
  const verdicts = Object.fromEntries(report.cases.map(({ id, verdict }) => [id, verdict]));
  expect(verdicts['compute/show-volume-attachment#answers-200@2.104']).toMatchObject({ is: 'pass' });
  expect(verdicts['compute/list-volume-attachments#lists-the-root-volume@2.104']).toMatchObject({
    is: 'not-attempted',
    reason: 'Its cases create or change something, and this run is read-only.',
    remedy: 'Run without --mode read-only.',
  });
  expect(ledger).toEqual([]);
});
