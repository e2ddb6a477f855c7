/** When a clause counts as killed. */
import { expect, test } from 'vitest';
import type { Exchange, Purpose } from '../../src/client/exchange.ts';
import { emptyTranscript } from '../../src/execution/transcript.ts';
import type { CaseResult } from '../../src/execution/run-case.ts';
import type { Finding, Verdict } from '../../src/clauses/verdict.ts';
import type { NonEmpty } from '../../src/json.ts';
import { judgeTrial, tamperedHeader } from '../../src/mutation/trial.ts';

type Response = 'changed' | 'untouched' | 'none';

function exchangeOf(id: string, purpose: Purpose, response: Response): Exchange {
  const headers = response === 'changed' ? ([[tamperedHeader, 'derived:x']] as const) : [];
  return {
    id,
    purpose,
    identity: 'member',
    request: { method: 'GET', url: 'http://cloud.test', headers: [] },
    ...(response === 'none' ? {} : { response: { status: 200, headers, body: '' } }),
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
  };
}

const findingAbout = (exchange: string): Finding => ({ kind: 'status', exchange, expected: [200], seen: 500 });
const fail = (...about: NonEmpty<string>): Verdict => {
  const [first, ...rest] = about;
  return { is: 'fail', findings: [findingAbout(first), ...rest.map(findingAbout)] };
};

function resultOf(verdict: Verdict, exchanges: readonly Exchange[]): CaseResult {
  return { id: 'compute/show-volume-attachment#x@2.1', verdict, durationMs: 1, exchanges, transcript: emptyTranscript };
}

const undecided: readonly Verdict[] = [
  { is: 'pass' },
  { is: 'inconclusive', reason: 'The server never came up.', cause: 'server' },
  { is: 'error', reason: 'The case reached no verdict within 20 s' },
  { is: 'not-applicable', reason: 'The endpoint names no version.' },
  { is: 'not-attempted', reason: 'Nobody is signed in.' },
  { is: 'waived', findings: [findingAbout('x1')], waiver: 'w' },
];

test.each(undecided)('$is is no kill', (verdict) => {
  const outcome = judgeTrial(resultOf(verdict, [exchangeOf('x1', 'act', 'changed')]), false);
  const reason = 'reason' in verdict ? { reason: verdict.reason } : {};
  expect(outcome).toEqual({
    case: 'compute/show-volume-attachment#x@2.1',
    verdict: verdict.is,
    killed: false,
    ...reason,
  });
});

test.each(['fail', 'warn'] as const)('%s with a finding on the act is a kill', (is) => {
  const verdict: Verdict = { is, findings: [findingAbout('x1')] };
  expect(judgeTrial(resultOf(verdict, [exchangeOf('x1', 'act', 'untouched')]), false)).toMatchObject({
    verdict: is,
    killed: true,
  });
});

const purposes: readonly (readonly [Purpose, boolean])[] = [
  ['act', true],
  ['observation', true],
  ['preparation', false],
  ['clean-up', false],
  ['sign-in', false],
  ['discovery', false],
];

test.each(purposes)('a finding on an exchange for %s is a kill: %s', (purpose, killed) => {
  const result = resultOf(fail('x1'), [exchangeOf('x1', purpose, 'changed')]);
  expect(judgeTrial(result, false).killed).toBe(killed);
  expect(judgeTrial(result, true).killed).toBe(killed);
});

test('a finding on an exchange that is not in the log is no kill', () => {
  expect(judgeTrial(resultOf(fail('x9'), [exchangeOf('x1', 'act', 'changed')]), false).killed).toBe(false);
});

const responses: readonly (readonly [Response, marked: boolean, killed: boolean])[] = [
  ['changed', true, true],
  ['untouched', true, false],
  ['none', true, false],
  ['untouched', false, true],
  ['none', false, true],
];

test.each(responses)(
  'a finding on a reply that is %s, where marks count: %s, is a kill: %s',
  (response, marked, killed) => {
    expect(judgeTrial(resultOf(fail('x1'), [exchangeOf('x1', 'act', response)]), marked).killed).toBe(killed);
  },
);

test('one finding of several is enough, a changed reply that nothing was found on is not', () => {
  const exchanges = [exchangeOf('x1', 'preparation', 'changed'), exchangeOf('x2', 'act', 'changed')];
  expect(judgeTrial(resultOf(fail('x1', 'x2'), exchanges), true).killed).toBe(true);
  expect(judgeTrial(resultOf(fail('x1'), exchanges), true).killed).toBe(false);
});

test.each([
  ['what never came alone', true, ['transition', 'transition']],
  ['what never came beside a wrong value', false, ['transition', 'status']],
  ['a wrong value alone', false, ['status']],
] as const)('a kill by %s rests on waiting alone: %s', (_, waitedOnly, kinds) => {
  const findings = kinds.map((kind): Finding => (kind === 'status' ? findingAbout('x1') : lateAt('x1')));
  const [first, ...rest] = findings;
  if (!first) throw new Error('no finding');
  const outcome = judgeTrial(
    resultOf({ is: 'fail', findings: [first, ...rest] }, [exchangeOf('x1', 'act', 'none')]),
    false,
  );
  expect(outcome.killed).toBe(true);
  expect(outcome.waitedOnly === true).toBe(waitedOnly);
});

function lateAt(exchange: string): Finding {
  return { kind: 'transition', exchange, expected: 'in-use', seen: 'available', waitedMs: 1500 };
}
