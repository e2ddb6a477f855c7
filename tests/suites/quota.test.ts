/** A project with little room: the same verdicts, and the target never has to refuse for want of quota. */
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { runCli, temporaryFolder } from '../cli/run-child.ts';
import { readRunFolder, type Kept } from './run-folder.ts';

vi.setConfig({ testTimeout: 300_000 });

/** What needs the most of each: two servers, three volumes, sets of their own, volumes that are lost. */
const chosen = [
  '*multiattach*',
  '*unknown-replacement',
  '*attached-replacement',
  '*locked-server',
  '*volume*#*deleted-*',
];

async function conduct(limits: readonly string[]): Promise<Kept> {
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

test('a quota of 2 servers and 3 volumes gives the verdicts of one without end, and is never exceeded', async () => {
  const wide = await conduct([]);
  const small = ['--quota-servers', '2', '--quota-volumes', '3', '--max-servers', '2', '--max-volumes', '3'];
  const tight = await conduct(small);
  expect(tight.report.cases.length).toBeGreaterThan(10);
  expect(verdicts(tight)).toEqual(verdicts(wide));
  expect(tight.ledger.filter(({ event }) => event === 'refused')).toEqual([]);
  expect(tight.report.leaks).toEqual([]);
});

test('what needs more than the run may have is not attempted, with the reason and the mend', async () => {
  const { report, ledger } = await conduct(['--max-servers', '1', '--max-volumes', '3']);
  const left = report.cases.filter(({ verdict }) => verdict.is === 'not-attempted');
  expect(left.length).toBeGreaterThan(0);
  for (const { id, verdict } of left) {
    expect(verdict, id).toEqual({
      is: 'not-attempted',
      reason: 'The case needs 2 servers at a time, and the run may have 1.',
      mend: 'Allow more by --max-servers.',
    });
  }
  expect(report.cases.filter(({ verdict }) => verdict.is === 'error' || verdict.is === 'inconclusive')).toEqual([]);
  expect(ledger.filter(({ event }) => event === 'refused')).toEqual([]);
});
