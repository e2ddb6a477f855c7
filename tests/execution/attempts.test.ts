/** The verdict on a case from its attempts. */
import { expect, it } from 'vitest';
import { summariseAttempts } from '../../src/execution/attempts.ts';
import type { Verdict, VerdictKind } from '../../src/clauses/verdict.ts';
import type { NonEmpty } from '../../src/json.ts';

const findings = [{ kind: 'status', exchange: 'x1', expected: [404], seen: 202 }] as const;

function verdict(is: VerdictKind): Verdict {
  switch (is) {
    case 'fail':
    case 'warn':
      return { is, findings };
    case 'pass':
      return { is };
    case 'inconclusive':
      return { is, reason: 'No server.', cause: 'server ACTIVE' };
    case 'error':
    case 'not-attempted':
    case 'not-applicable':
      return { is, reason: 'Because.' };
    case 'waived':
    case 'unstable':
      throw new Error(`no attempt gives ${is}`);
  }
}

/** The attempts; the verdict with the attempt that shows it, and whether it is open or unconfirmed. */
it.each<readonly [NonEmpty<VerdictKind>, string]>([
  [['pass'], 'pass 0'],
  [['not-applicable'], 'not-applicable 0'],
  [['not-attempted'], 'not-attempted 0'],
  [['fail'], 'fail 0 open unconfirmed'],
  [['warn'], 'warn 0 open unconfirmed'],
  [['error'], 'error 0 open'],
  [['inconclusive'], 'inconclusive 0 open'],
  [['fail', 'fail'], 'fail 1'],
  [['warn', 'warn'], 'warn 1'],
  [['fail', 'pass'], 'unstable 0'],
  [['warn', 'pass'], 'unstable 0'],
  [['fail', 'not-applicable'], 'unstable 0'],
  [['fail', 'error'], 'fail 0 open unconfirmed'],
  [['fail', 'error', 'fail'], 'fail 2'],
  [['fail', 'error', 'pass'], 'unstable 0'],
  [['fail', 'error', 'error'], 'fail 0 unconfirmed'],
  [['fail', 'inconclusive'], 'fail 0 unconfirmed'],
  [['fail', 'not-attempted'], 'fail 0 open unconfirmed'],
  [['error', 'pass'], 'pass 1'],
  [['error', 'error'], 'error 1 open'],
  [['error', 'error', 'pass'], 'pass 2'],
  [['error', 'error', 'error'], 'error 2'],
  [['error', 'fail', 'error'], 'fail 1 open unconfirmed'],
  [['error', 'not-attempted'], 'error 0 open'],
  [['inconclusive', 'pass'], 'pass 1'],
  [['inconclusive', 'inconclusive'], 'inconclusive 1'],
  [['error', 'fail'], 'fail 1 open unconfirmed'],
  [['inconclusive', 'fail', 'fail'], 'fail 2'],
  [['error', 'fail', 'pass'], 'unstable 1'],
])('%j give %s', (kinds, expected) => {
  const [first, ...rest] = kinds;
  const summary = summariseAttempts([verdict(first), ...rest.map(verdict)]);
  const words = [summary.verdict.is, summary.from, summary.isOpen && 'open', summary.unconfirmed && 'unconfirmed'];
  expect(words.filter((word) => word !== false && word !== undefined).join(' ')).toBe(expected);
});

it('keeps the findings of the failed attempt if the next one passed', () => {
  expect(summariseAttempts([verdict('fail'), verdict('pass')]).verdict).toMatchObject({ is: 'unstable', findings });
});
