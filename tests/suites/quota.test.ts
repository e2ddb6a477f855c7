/** A project with small quotas: the same verdicts, and no request exceeds a quota. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../cli/run-child.ts';
import { readRunFolder, type Kept } from './run-folder.ts';

/** The cases that need most: two servers, three volumes, exclusive fixtures, lost volumes. */
const chosen = [
  '*multiattach*',
  '*unknown-replacement',
  '*attached-replacement',
  'compute/*volume*#*locked-server',
  '*volume*#*deleted-*',
];

async function respond(limits: readonly string[]): Promise<Kept> {
  const folder = temporaryFolder();
  const output = join(folder, 'out');
  const includes = chosen.flatMap((glob) => ['--include', glob]);
  const { code, stderr } = await runCli(
    ['run', '--output', output, '--microversions', 'latest', ...includes, ...limits],
    folder,
  );
  if (code === 3) throw new Error(stderr);
  return readRunFolder(output);
}

const verdicts = ({ report }: Kept) => report.cases.map(({ id, verdict }) => [id, verdict.is]);

test('a quota of 2 servers and 3 volumes gives the verdicts of an unlimited one, and is not exceeded', async () => {
  const wide = await respond([]);
  const small = ['--quota-servers', '2', '--quota-volumes', '3', '--max-servers', '2', '--max-volumes', '3'];
  const tight = await respond(small);
  expect(tight.report.cases.length).toBeGreaterThan(10);
  expect(verdicts(tight)).toEqual(verdicts(wide));
  expect(tight.ledger.filter(({ event }) => event === 'refused')).toEqual([]);
  expect(tight.report.leaks).toEqual([]);
});

test('cases that need more than the limits are not attempted, with the reason and the remedy', async () => {
  const { report, ledger } = await respond(['--max-servers', '1', '--max-volumes', '3']);
  const left = report.cases.filter(({ verdict }) => verdict.is === 'not-attempted');
  expect(left.length).toBeGreaterThan(0);
  for (const { id, verdict } of left) {
    expect(verdict, id).toEqual({
      is: 'not-attempted',
      reason: 'The case needs 2 servers at a time, and the run may have 1.',
      remedy: 'Allow more by --limit server=NUMBER.',
    });
  }
  expect(report.cases.filter(({ verdict }) => verdict.is === 'error' || verdict.is === 'inconclusive')).toEqual([]);
  expect(ledger.filter(({ event }) => event === 'refused')).toEqual([]);
});
