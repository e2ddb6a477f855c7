/** The request policy of a run towards a target that asks to wait, fails now and then, or disappears. */
import { expect, test } from 'vitest';
import type { Exchange } from '../../src/client/exchange.ts';
import type { EvidenceLine } from '../../src/records/evidence.ts';
import { answer, from } from '../hostile/conducts.ts';
import type { Responder, Misbehaviour } from '../hostile/misbehaviour.ts';
import { acts, services } from '../hostile/places.ts';
import { runAgainst, type HostileRun } from '../hostile/run-against.ts';
import { runCli } from './run-child.ts';

const mostMs = 120_000;
const row = { id: '', does: '', expected: { codes: [] } } as const;

/** Every third request that is not the request under test. */
const now = (respond: Responder): Pick<Misbehaviour, 'where' | 'respond'> => ({
  where: (request) => services(request) && !acts(request),
  respond: (asked) => (asked.number % 3 === 0 ? respond(asked) : asked.carryOut()),
});

function exchangesOf({ files }: HostileRun): readonly Exchange[] {
  const evidence = Object.entries(files).filter(([path]) => path.startsWith('evidence/'));
  const lines = evidence.flatMap(([, text]) => text.trimEnd().split('\n'));
  return lines
    .map((line) => JSON.parse(line) as EvidenceLine)
    .flatMap((line) => (line.line === 'exchange' ? [line] : []));
}

/** Re-evaluation from the evidence, including the recorded attempts, gives the same verdicts. */
async function expectVerified({ folder, cases }: HostileRun): Promise<void> {
  const { code, stdout, stderr } = await runCli(['verify', folder], folder);
  expect(code, stdout + stderr).toBe(0);
  const tried = cases
    .filter(({ verdict }) => verdict.is !== 'not-attempted')
    .reduce((sum, { attempts = [] }) => sum + Math.max(1, attempts.length), 0);
  expect(stdout).toContain(`${tried} cases have the same verdicts when they are evaluated again from their evidence.`);
}

test.concurrent.each([
  ['asks to retry later', () => answer(503, '{}', { 'retry-after': '0' })],
  ['resets connections', ({ socket }) => void socket.resetAndDestroy()],
] as const satisfies readonly (readonly [string, Responder])[])(
  'a run decides its cases on a target that sometimes %s, and records the attempts, and verify confirms it',
  async (_, respond) => {
    const run = await runAgainst({ ...row, ...now(respond) });
    expect(run.code, run.stdout + run.stderr).toBe(0);
    const exchanges = exchangesOf(run);
    expect(exchanges.some(({ attempt }) => attempt === 2)).toBe(true);
    expect(exchanges.filter(({ purpose, attempt }) => purpose === 'act' && attempt !== undefined)).toEqual([]);
    await expectVerified(run);
  },
  mostMs,
);

test.concurrent(
  'a request under test that gets Retry-After is not sent again, and later requests wait as long as asked',
  async () => {
    const times: number[] = [];
    const respond: Responder = (asked) => {
      times.push(performance.now());
      const isAct = asked.method === 'POST' && acts(asked);
      return isAct ? answer(429, '{}', { 'retry-after': '1' }) : asked.carryOut();
    };
    // The timeout of a pause is 120 s, of which the timeout factor leaves 6.
    const run = await runAgainst({ ...row, where: ({ path }) => path.startsWith('/compute/'), respond });
    expect(run.code, run.stdout + run.stderr).toBe(1);
    const executed = exchangesOf(run).filter(({ purpose }) => purpose === 'act');
    // One per execution of a case: a failure is confirmed on fresh fixtures.
    expect(executed.length).toBeGreaterThan(0);
    expect(executed.filter(({ response, attempt }) => response?.status !== 429 || attempt !== undefined)).toEqual([]);
    await expectVerified(run);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.max(...gaps)).toBeGreaterThan(950);
  },
  mostMs,
);

test.concurrent(
  'a run whose target disappears ends by itself, starts no more cases and names the clean-up command',
  async () => {
    const respond = from(120, ({ shut }) => void shut());
    const args = ['--include', 'compute/list-volume-attachments*', '--include', 'compute/attach-volume*'];
    const more = [...args, '--concurrency', '2'];
    const run = await runAgainst({ ...row, where: services, respond, args: more });
    const output = run.stdout + run.stderr;
    expect(run.code, output).toBe(2);
    expect(run.report?.run.ended, output).toBe('lost-target');
    expect(run.report?.verdict).toBe('partial');
    expect(run.stderr.match(/The target can no longer be reached: .*cleanup .*--os-cloud hostile/g)).toHaveLength(1);
    const reasons = run.cases.flatMap(({ verdict }) => (verdict.is === 'not-attempted' ? [verdict.reason] : []));
    expect(reasons.filter((reason) => reason.includes('became unreachable')).length).toBeGreaterThan(10);
    expect(output).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
  },
  mostMs,
);
