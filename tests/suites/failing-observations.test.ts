/** A cloud on which some requests fail, or one kind always: a failed observation is not a finding. */
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { verifyFolder } from '../../cli/verify/verify-folder.ts';
import { cloudsIn, runCli, temporaryFolder } from '../cli/run-child.ts';
import { startFront, type Instead, type Seen } from './front.ts';
import { readRunFolder } from './run-folder.ts';
import type { CaseReport } from '../../src/records/report.ts';

const front = await startFront();
afterAll(() => front.close());
beforeEach(() => void (front.answer = () => undefined));

const slice = [
  'attach-volume#keeps-*',
  'attach-volume#agrees-with-the-server',
  'attach-volume#lists-*',
  'attach-volume#ends-in-use',
  'attach-volume#reserves-the-volume-before-the-reply',
  'detach-volume#ends-free',
  'detach-volume#gone-means-detached',
  'list-volume-attachments#answers-200',
  'list-volume-attachments#request-ids-*',
  'list-volume-attachments#slices-make-up-the-whole',
  'show-volume-attachment#id-is-the-volume',
  'show-volume-attachment#identifiers-*',
  'show-volume-attachment#answers-200',
  'update-volume-attachment#changes-*',
].flatMap((clause) => ['--include', `compute/${clause}`]);

async function runThrough(answer: (request: Seen) => Instead | undefined): Promise<readonly CaseReport[]> {
  const folder = temporaryFolder();
  const out = join(folder, 'out');
  front.answer = answer;
  // A tenth of all delays between attempts.
  const args = ['run', '--os-cloud', 'sim-demo', '--once', '--timeout-factor', '0.1', '--output', out, ...slice];
  await runCli(args, folder, cloudsIn(folder, front.clouds));
  expect((await verifyFolder(out, {})).refused).toBeUndefined();
  const { report } = readRunFolder(out);
  expect(report.leaks).toEqual([]);
  expect(report.cases.length).toBeGreaterThan(20);
  return report.cases;
}

/** Returns a value at every `count`-th call. */
function every<T>(count: number, make: () => T): () => T | undefined {
  let asked = 0;
  return () => (asked++ % count === count - 1 ? make() : undefined);
}

const errors: readonly Instead[] = [
  [500, { computeFault: { code: 500, message: 'Unexpected API Error.' } }],
  { status: 502, text: '<html><h1>502 Bad Gateway</h1></html>' },
  { status: 503, text: '' },
  { status: 504, text: '<html><h1>504 Gateway Time-out</h1></html>' },
];

test('no case fails if one GET in seven gets an error', async () => {
  let made = 0;
  const failing = every(7, () => errors[made++ % errors.length]);
  const cases = await runThrough(({ method }) => (method === 'GET' ? failing() : undefined));
  expect(made).toBeGreaterThan(20);
  expect(cases.filter(({ verdict }) => !['pass', 'unstable', 'inconclusive'].includes(verdict.is))).toEqual([]);
  const undecided = cases.flatMap(({ verdict }) => (verdict.is === 'inconclusive' ? [verdict.cause] : []));
  for (const cause of undecided) expect(cause).toMatch(/^a usable response to GET .* of \S+ \(status 50\d\)$/);
  // Only the request under test itself can have got a 500.
  const unstable = cases.flatMap(({ verdict }) => (verdict.is === 'unstable' ? verdict.findings : []));
  for (const finding of unstable) expect(finding).toMatchObject({ kind: 'status', seen: 500 });
});

test('no case fails if connections are cut and responses are late', async () => {
  const cut = every(40, (): Instead => 'cut');
  const late = every(50, (): Instead => ({ afterMs: 400 }));
  const cases = await runThrough(() => cut() ?? late());
  const passed = cases.filter(({ verdict }) => verdict.is === 'pass').length;
  expect(cases.filter(({ verdict }) => !['pass', 'inconclusive', 'error'].includes(verdict.is))).toEqual([]);
  expect(passed / cases.length).toBeGreaterThan(0.9);
});

test('if one read operation always fails, cases that need it are inconclusive, and its own clauses fail', async () => {
  const isShow = /\/os-volume_attachments\/[0-9a-f-]{36}$/;
  const cases = await runThrough(({ method, url }) => (method === 'GET' && isShow.test(url) ? errors[0] : undefined));
  const of = (clause: string): readonly CaseReport['verdict'][] =>
    cases.filter((one) => one.clause === `compute/${clause}`).map(({ verdict }) => verdict);
  const inconclusive = {
    is: 'inconclusive',
    cause: 'a usable response to GET /servers/{id}/os-volume_attachments/{id} of compute (status 500)',
  };
  const ownStatus = { is: 'fail', findings: [{ kind: 'status', expected: [200], seen: 500 }] };
  expect(of('update-volume-attachment#changes-the-flag')).toMatchObject([inconclusive]);
  expect(of('attach-volume#keeps-the-volume-by-default')).toMatchObject([inconclusive]);
  expect(of('attach-volume#lists-and-shows-the-same')).toMatchObject([inconclusive]);
  expect(of('show-volume-attachment#answers-200')).toMatchObject([ownStatus]);
  expect(of('show-volume-attachment#id-is-the-volume')).toMatchObject([ownStatus]);
  expect(of('attach-volume#ends-in-use')).toMatchObject([{ is: 'pass' }]);
  expect(of('list-volume-attachments#answers-200')).toMatchObject([{ is: 'pass' }]);
  for (const { verdict } of cases) {
    if (verdict.is === 'fail') expect(verdict.findings).toMatchObject(verdict.findings.map(() => ({ seen: 500 })));
  }
});
