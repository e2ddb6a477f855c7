/** Which cases are tried again at the end of a run, and when that comes to its end. */
import { describe, expect, it } from 'vitest';
import { createConfirmations, leastConfirmations, mostConfirmations } from '../../src/conformance/confirmations.ts';
import type { PlannedCase } from '../../src/conformance/plan-cases.ts';
import type { CaseResult } from '../../src/conformance/run-case.ts';
import { emptyTranscript } from '../../src/conformance/transcript.ts';
import type { Verdict } from '../../src/conformance/verdict.ts';
import { microversion } from '../../src/microversion.ts';

const pass: Verdict = { is: 'pass' };

function failed(seen: number, is: 'fail' | 'warn' = 'fail', exchange = 'x1'): Verdict {
  return { is, findings: [{ kind: 'status', exchange, expected: [404], seen }] };
}

function noServer(message: string): Verdict {
  return { is: 'inconclusive', cause: 'server ACTIVE', reason: message };
}

/** Tells first attempts by `clause@microversion`, then goes on until there is nothing to be tried; what was tried, in order. */
function triedAgain(
  first: Readonly<Record<string, Verdict>>,
  again: (id: string, count: number) => Verdict,
  shares: Readonly<Record<string, string>> = {},
): string[] {
  const confirmations = createConfirmations();
  for (const [id, verdict] of Object.entries(first)) confirmations.tell(planned(id), attempt(verdict, shares[id]));
  const tried: string[] = [];
  const shown: string[] = [];
  const spent = { casesMs: 10, confirmationsMs: 0 };
  for (let next = confirmations.next(spent); next; next = confirmations.next(spent)) {
    const id = next.planned.id.replace('compute/a#', '');
    tried.push(id);
    shown.push(next.isContinued ? `${id} with the same` : id);
    confirmations.tell(next.planned, attempt(again(id, tried.filter((one) => one === id).length), shares[id]));
  }
  return shown;
}

function attempt(verdict: Verdict, shared?: string): Pick<CaseResult, 'verdict' | 'transcript'> {
  return { verdict, transcript: { inputs: [], shared: shared === undefined ? {} : { [shared]: emptyTranscript } } };
}

function planned(id: string): PlannedCase {
  const [word = '', version = ''] = id.split('@');
  const clause = `compute/a#${word}` as const;
  return { id: `${clause}@${version}`, clause, microversion: microversion(version) };
}

describe('further attempts', () => {
  it('leave alone what passed', () => {
    expect(triedAgain({ 'a@2.1': pass }, () => pass)).toEqual([]);
  });

  it('are of one case of a finding, when that fails again', () => {
    const first = { 'a@2.1': failed(202, 'fail', 'x1'), 'a@2.60': failed(202, 'fail', 'x9'), 'b@2.1': failed(202) };
    expect(triedAgain(first, () => failed(202))).toEqual(['a@2.1', 'b@2.1']);
  });

  it('are of each case of a finding, when the first ones pass', () => {
    const first = { 'a@2.1': failed(202), 'a@2.60': failed(202), 'a@2.70': failed(202), 'a@2.80': failed(202) };
    expect(triedAgain(first, (id) => (id === 'a@2.70' ? failed(202) : pass))).toEqual(['a@2.1', 'a@2.60', 'a@2.70']);
  });

  it('tell what fails in one way from what fails in another', () => {
    const first = { 'a@2.1': failed(202), 'a@2.60': failed(500) };
    expect(triedAgain(first, () => failed(202))).toEqual(['a@2.1', 'a@2.60']);
  });

  it('are of failures first, then of what was not decided, then of warnings', () => {
    const first = {
      'w@2.1': failed(202, 'warn'),
      'i@2.1': noServer('a'),
      'e@2.1': error('reset'),
      'f@2.1': failed(202),
    };
    expect(triedAgain(first, () => pass)).toEqual(['f@2.1', 'e@2.1', 'i@2.1', 'w@2.1']);
  });

  it('are of one case of a cause for which cases are inconclusive, when that is inconclusive again', () => {
    const first = { 'a@2.1': noServer('one'), 'b@2.1': noServer('two'), 'c@2.60': noServer('three') };
    expect(triedAgain(first, () => noServer('again'))).toEqual(['a@2.1']);
    expect(triedAgain(first, () => pass)).toEqual(['a@2.1', 'b@2.1', 'c@2.60']);
  });

  it('are of three cases of one error, as a connection may break twice by chance', () => {
    const first = Object.fromEntries(['2.1', '2.2', '2.3', '2.4', '2.5'].map((at) => [`e@${at}`, error('reset')]));
    expect(triedAgain(first, () => error('reset'))).toEqual(['e@2.1', 'e@2.2', 'e@2.3']);
    expect(triedAgain(first, (id) => (id === 'e@2.1' ? error('reset') : pass))).toHaveLength(6);
  });

  it('are of the other cases of an error or a cause while more of them are decided than end in it again', () => {
    const ends = ['2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8'];
    const errors = Object.fromEntries(ends.map((at) => [`e@${at}`, error('reset')]));
    const broken = new Set(['e@2.2', 'e@2.4', 'e@2.6']);
    const once = triedAgain(errors, (id, count) => (broken.has(id) && count === 1 ? error('reset') : pass));
    expect(once.toSorted()).toEqual([...Object.keys(errors), ...broken].toSorted());
    const causes = Object.fromEntries(ends.map((at) => [`i@${at}`, noServer('a')]));
    expect(triedAgain(causes, (id) => (id === 'i@2.2' ? noServer('b') : pass))).toEqual(Object.keys(causes));
  });

  it('are one more where the one that was to confirm a failure ended in an error', () => {
    const again = (_: string, count: number): Verdict => (count === 1 ? error('reset') : pass);
    expect(triedAgain({ 'a@2.1': failed(202) }, again)).toEqual(['a@2.1', 'a@2.1']);
  });

  it('are made with the same requests where cases share them, as long as these are answered', () => {
    const first = {
      'f@2.1': failed(500),
      'i@2.1': noServer('a'),
      'i@2.60': noServer('b'),
      'w@2.1': failed(500, 'warn'),
    };
    const shares = { 'f@2.1': 'list@2.1', 'i@2.1': 'show@2.1', 'i@2.60': 'show@2.60', 'w@2.1': 'show@2.1' };
    const inTurn = ['f@2.1', 'i@2.1', 'w@2.1 with the same', 'i@2.60'];
    expect(triedAgain(first, () => pass, shares)).toEqual(inTurn);
    const again = (id: string): Verdict => (id === 'i@2.1' ? error('reset') : pass);
    expect(triedAgain(first, again, shares)).toEqual(['f@2.1', 'i@2.1', 'i@2.1', 'i@2.60', 'w@2.1']);
  });

  it('are two of a case that the harness could not decide and that fails then', () => {
    const again = (_: string, count: number): Verdict => failed(count === 1 ? 202 : 500);
    expect(triedAgain({ 'a@2.1': error('reset') }, again)).toEqual(['a@2.1', 'a@2.1']);
  });
});

function error(reason: string): Verdict {
  return { is: 'error', reason };
}

describe('the number of further attempts', () => {
  const many = Object.fromEntries(Array.from({ length: 2 * mostConfirmations }, (_, n) => [`c${n}@2.1`, failed(202)]));
  const made = (casesMs: number, confirmationsMs: number): number => {
    const confirmations = createConfirmations();
    for (const [id, verdict] of Object.entries(many)) confirmations.tell(planned(id), attempt(verdict));
    let count = 0;
    for (;;) {
      const next = confirmations.next({ casesMs, confirmationsMs });
      if (!next) return count;
      confirmations.tell(next.planned, attempt(failed(202)));
      count += 1;
    }
  };

  it('is bounded, however fast the target is', () => {
    expect(made(1000, 0)).toBe(mostConfirmations);
  });

  it('is small as soon as they have taken longer than the cases', () => {
    expect(made(1000, 1001)).toBe(leastConfirmations);
  });
});
