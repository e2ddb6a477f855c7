/** How a run behaves towards a target that wants to be left alone for a while, fails now and then, or goes for good. */
import { expect, test } from 'vitest';
import type { Exchange } from '../../src/client/exchange.ts';
import type { EvidenceLine } from '../../src/report/evidence-line.ts';
import { answer, from } from '../hostile/conducts.ts';
import type { Conduct, Misbehaviour } from '../hostile/misbehaviour.ts';
import { acts, services } from '../hostile/places.ts';
import { runAgainst, type HostileRun } from '../hostile/run-against.ts';
import { runCli } from './run-child.ts';

const mostMs = 120_000;
const row = { id: '', does: '', expected: { codes: [] } } as const;

/** Every third request that is no act. */
const now = (conduct: Conduct): Pick<Misbehaviour, 'where' | 'conduct'> => ({
  where: (request) => services(request) && !acts(request),
  conduct: (asked) => (asked.number % 3 === 0 ? conduct(asked) : asked.carryOut()),
});

function exchangesOf({ files }: HostileRun): readonly Exchange[] {
  const evidence = Object.entries(files).filter(([path]) => path.startsWith('evidence/'));
  const lines = evidence.flatMap(([, text]) => text.trimEnd().split('\n'));
  return lines
    .map((line) => JSON.parse(line) as EvidenceLine)
    .flatMap((line) => (line.line === 'exchange' ? [line] : []));
}

/** Judged again from its evidence, every case comes to the same, the attempts that are kept in it notwithstanding. */
async function expectVerified({ folder, cases }: HostileRun): Promise<void> {
  const { code, stdout, stderr } = await runCli(['verify', folder], folder);
  expect(code, stdout + stderr).toBe(0);
  const tried = cases
    .filter(({ verdict }) => verdict.is !== 'not-attempted')
    .reduce((sum, { attempts = [] }) => sum + Math.max(1, attempts.length), 0);
  expect(stdout).toContain(`${tried} cases come to the same verdicts when they are judged again from their evidence.`);
}

test.concurrent.each([
  ['puts requests off', () => answer(503, '{}', { 'retry-after': '0' })],
  ['resets connections', ({ socket }) => void socket.resetAndDestroy()],
] as const satisfies readonly (readonly [string, Conduct])[])(
  'a run comes to its verdicts on a target that %s now and then, and keeps the attempts, from which verify comes to the same',
  async (_, conduct) => {
    const run = await runAgainst({ ...row, ...now(conduct) });
    expect(run.code, run.stdout + run.stderr).toBe(0);
    const exchanges = exchangesOf(run);
    expect(exchanges.some(({ attempt }) => attempt === 2)).toBe(true);
    expect(exchanges.filter(({ purpose, attempt }) => purpose === 'act' && attempt !== undefined)).toEqual([]);
    await expectVerified(run);
  },
  mostMs,
);

test.concurrent(
  'an act that is put off is not sent again, and what follows waits as long as was asked',
  async () => {
    const times: number[] = [];
    const conduct: Conduct = (asked) => {
      times.push(performance.now());
      const isAct = asked.method === 'POST' && acts(asked);
      return isAct ? answer(429, '{}', { 'retry-after': '1' }) : asked.carryOut();
    };
    // The budget of a pause is 120 s, of which patience leaves 6.
    const run = await runAgainst({ ...row, where: ({ path }) => path.startsWith('/compute/'), conduct });
    expect(run.code, run.stdout + run.stderr).toBe(1);
    const performed = exchangesOf(run).filter(({ purpose }) => purpose === 'act');
    // One for each time that a case ran: the failure is confirmed on fresh fixtures.
    expect(performed.length).toBeGreaterThan(0);
    expect(performed.filter(({ response, attempt }) => response?.status !== 429 || attempt !== undefined)).toEqual([]);
    await expectVerified(run);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.max(...gaps)).toBeGreaterThan(950);
  },
  mostMs,
);

test.concurrent(
  'a run whose target goes for good ends by itself, begins no more cases and tells what cleans up',
  async () => {
    const conduct = from(120, ({ shut }) => void shut());
    const args = ['--include', 'compute/list-volume-attachments*', '--include', 'compute/attach-volume*'];
    const more = [...args, '--concurrency', '2'];
    const run = await runAgainst({ ...row, where: services, conduct, args: more });
    const output = run.stdout + run.stderr;
    expect(run.code, output).toBe(2);
    expect(run.report?.run.ended, output).toBe('lost-target');
    expect(run.report?.verdict).toBe('partial');
    expect(run.stderr.match(/The target could not be reached any more: .*cleanup .*--os-cloud hostile/g)).toHaveLength(
      1,
    );
    const reasons = run.cases.flatMap(({ verdict }) => (verdict.is === 'not-attempted' ? [verdict.reason] : []));
    expect(reasons.filter((reason) => reason.includes('could not be reached any more')).length).toBeGreaterThan(10);
    expect(output).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
  },
  mostMs,
);
