/** Which cases are repeated at the end of a run, and when that stops. */
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/client/exchange.ts';
import { createConfirmations, leastConfirmations, mostConfirmations } from '../../src/execution/confirmations.ts';
import type { PlannedCase } from '../../src/planning/plan-cases.ts';
import type { CaseResult } from '../../src/execution/run-case.ts';
import { emptyTranscript } from '../../src/execution/transcript.ts';
import type { Verdict } from '../../src/clauses/verdict.ts';
import { microversion } from '../../src/microversion.ts';

const pass: Verdict = { is: 'pass' };

function failed(seen: number, is: 'fail' | 'warn' = 'fail', exchange = 'x1'): Verdict {
  return { is, findings: [{ kind: 'status', exchange, expected: [404], seen }] };
}

function noServer(message: string): Verdict {
  return { is: 'inconclusive', cause: 'server ACTIVE', reason: message };
}

/** Records first attempts by `clause@microversion` and repeats cases until none is left; returns the repeated cases in order. */
function repeated(
  first: Readonly<Record<string, Verdict>>,
  again: (id: string, count: number) => Verdict,
  shares: Readonly<Record<string, string>> = {},
): string[] {
  const confirmations = createConfirmations();
  for (const [id, verdict] of Object.entries(first)) confirmations.record(planned(id), attempt(verdict, shares[id]));
  const tried: string[] = [];
  const shown: string[] = [];
  const spent = { casesMs: 10, confirmationsMs: 0 };
  for (let next = confirmations.next(spent); next; next = confirmations.next(spent)) {
    const id = next.planned.id.replace('compute/a#', '');
    tried.push(id);
    shown.push(next.isContinued ? `${id} with the same requests` : id);
    confirmations.record(next.planned, attempt(again(id, tried.filter((one) => one === id).length), shares[id]));
  }
  return shown;
}

function attempt(
  verdict: Verdict,
  shared?: string,
  exchanges: readonly Exchange[] = [],
): Pick<CaseResult, 'verdict' | 'transcript' | 'exchanges'> {
  const transcript = { inputs: [], shared: shared === undefined ? {} : { [shared]: emptyTranscript } };
  return { verdict, transcript, exchanges };
}

function planned(id: string): PlannedCase {
  const [word = '', version = ''] = id.split('@');
  const clause = `compute/a#${word}` as const;
  return { id: `${clause}@${version}`, clause, microversion: microversion(version) };
}

describe('further attempts', () => {
  it('are not made of cases that passed', () => {
    expect(repeated({ 'a@2.1': pass }, () => pass)).toEqual([]);
  });

  it('are of one case of a finding, when that fails again', () => {
    const first = { 'a@2.1': failed(202, 'fail', 'x1'), 'a@2.60': failed(202, 'fail', 'x9'), 'b@2.1': failed(202) };
    expect(repeated(first, () => failed(202))).toEqual(['a@2.1', 'b@2.1']);
  });

  it('are of each case of a finding, when the first ones pass', () => {
    const first = { 'a@2.1': failed(202), 'a@2.60': failed(202), 'a@2.70': failed(202), 'a@2.80': failed(202) };
    expect(repeated(first, (id) => (id === 'a@2.70' ? failed(202) : pass))).toEqual(['a@2.1', 'a@2.60', 'a@2.70']);
  });

  it('distinguish cases that fail in different ways', () => {
    const first = { 'a@2.1': failed(202), 'a@2.60': failed(500) };
    expect(repeated(first, () => failed(202))).toEqual(['a@2.1', 'a@2.60']);
  });

  it('are of failures first, then of undecided cases, then of warnings', () => {
    const first = {
      'w@2.1': failed(202, 'warn'),
      'i@2.1': noServer('a'),
      'e@2.1': error('reset'),
      'f@2.1': failed(202),
    };
    expect(repeated(first, () => pass)).toEqual(['f@2.1', 'e@2.1', 'i@2.1', 'w@2.1']);
  });

  it('are of one case of each inconclusive cause, if that case is inconclusive again', () => {
    const first = { 'a@2.1': noServer('one'), 'b@2.1': noServer('two'), 'c@2.60': noServer('three') };
    expect(repeated(first, () => noServer('again'))).toEqual(['a@2.1']);
    expect(repeated(first, () => pass)).toEqual(['a@2.1', 'b@2.1', 'c@2.60']);
  });

  it('are of three cases of one error, because a connection may break twice by chance', () => {
    const first = Object.fromEntries(['2.1', '2.2', '2.3', '2.4', '2.5'].map((at) => [`e@${at}`, error('reset')]));
    expect(repeated(first, () => error('reset'))).toEqual(['e@2.1', 'e@2.2', 'e@2.3']);
    expect(repeated(first, (id) => (id === 'e@2.1' ? error('reset') : pass))).toHaveLength(6);
  });

  it('are of the other cases of an error or a cause while more of them are decided than end the same way again', () => {
    const ends = ['2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8'];
    const errors = Object.fromEntries(ends.map((at) => [`e@${at}`, error('reset')]));
    const broken = new Set(['e@2.2', 'e@2.4', 'e@2.6']);
    const once = repeated(errors, (id, count) => (broken.has(id) && count === 1 ? error('reset') : pass));
    expect(once.toSorted()).toEqual([...Object.keys(errors), ...broken].toSorted());
    const causes = Object.fromEntries(ends.map((at) => [`i@${at}`, noServer('a')]));
    expect(repeated(causes, (id) => (id === 'i@2.2' ? noServer('b') : pass))).toEqual(Object.keys(causes));
  });

  it('are one more if the confirmation of a failure ended in an error', () => {
    const again = (_: string, count: number): Verdict => (count === 1 ? error('reset') : pass);
    expect(repeated({ 'a@2.1': failed(202) }, again)).toEqual(['a@2.1', 'a@2.1']);
  });

  it('use the same requests if cases share them, as long as these get responses', () => {
    const first = {
      'f@2.1': failed(500),
      'i@2.1': noServer('a'),
      'i@2.60': noServer('b'),
      'w@2.1': failed(500, 'warn'),
    };
    const shares = { 'f@2.1': 'list@2.1', 'i@2.1': 'show@2.1', 'i@2.60': 'show@2.60', 'w@2.1': 'show@2.1' };
    const order = ['f@2.1', 'i@2.1', 'w@2.1 with the same requests', 'i@2.60'];
    expect(repeated(first, () => pass, shares)).toEqual(order);
    const again = (id: string): Verdict => (id === 'i@2.1' ? error('reset') : pass);
    expect(repeated(first, again, shares)).toEqual(['f@2.1', 'i@2.1', 'i@2.1', 'i@2.60', 'w@2.1']);
  });

  it('are two of a case that was not decided at first and fails then', () => {
    const again = (_: string, count: number): Verdict => failed(count === 1 ? 202 : 500);
    expect(repeated({ 'a@2.1': error('reset') }, again)).toEqual(['a@2.1', 'a@2.1']);
  });
});

function error(reason: string): Verdict {
  return { is: 'error', reason };
}

describe('the number of further attempts', () => {
  const many = Object.fromEntries(Array.from({ length: 2 * mostConfirmations }, (_, n) => [`c${n}@2.1`, failed(202)]));
  const made = (casesMs: number, confirmationsMs: number): number => {
    const confirmations = createConfirmations();
    for (const [id, verdict] of Object.entries(many)) confirmations.record(planned(id), attempt(verdict));
    let count = 0;
    for (;;) {
      const next = confirmations.next({ casesMs, confirmationsMs });
      if (!next) return count;
      confirmations.record(next.planned, attempt(failed(202)));
      count += 1;
    }
  };

  it('is limited, however fast the target is', () => {
    expect(made(1000, 0)).toBe(mostConfirmations);
  });

  it('is small once they have taken longer than the cases', () => {
    expect(made(1000, 1001)).toBe(leastConfirmations);
  });
});

describe('the next further attempt', () => {
  const accepted: Exchange = {
    id: 'x1',
    purpose: 'act',
    identity: 'member',
    request: { method: 'POST', url: 'http://127.0.0.1/servers', headers: [] },
    startedAt: '2026-11-30T00:00:00.000Z',
    response: { status: 202, headers: [], body: '' },
    durationMs: 1,
  };
  const shares = (first: Verdict, exchanges: readonly Exchange[] = []): boolean | undefined => {
    const confirmations = createConfirmations();
    confirmations.record(planned('a@2.1'), attempt(first, undefined, exchanges));
    return confirmations.next({ casesMs: 10, confirmationsMs: 0 })?.sharesFixtures;
  };

  it('shares the fixtures of others only if the case ended in a warning and changed nothing', () => {
    expect(shares(failed(202, 'warn'))).toBe(true);
    expect(shares(failed(202, 'warn'), [accepted])).toBe(false);
    expect(shares(failed(202))).toBe(false);
    expect(shares(noServer('no server'))).toBe(false);
  });
});
