import { expect, it } from 'vitest';
import type { Verdict } from '../../src/clauses/verdict.ts';
import type { CaseReport } from '../../src/records/report.ts';
import { groupUndecided } from '../../src/report/undecided.ts';

function cases(...verdicts: readonly Verdict[]): readonly CaseReport[] {
  return verdicts.map((verdict, index) => ({
    id: `compute/a#b@2.${index}`,
    clause: 'compute/a#b',
    operation: 'compute/a',
    microversion: `2.${index}`,
    identities: ['member'],
    verdict,
    durationMs: 1,
    exchanges: 1,
  }));
}

function told(...verdicts: readonly Verdict[]): readonly string[] {
  return groupUndecided(cases(...verdicts)).map(({ kind, cases: ids, reason }) => `${kind} ${ids.length} ${reason}`);
}

it('takes reasons that differ in the ids of resources only as one cause', () => {
  const reason = (id: string): Verdict => ({ is: 'error', reason: `Server ${id} is gone.` });
  expect(
    told(
      reason('fa6e6b4e-9a1f-4b53-8d2c-2f8b5a0a7c11'),
      reason('0b1d3e55-5b0e-4f6c-9b53-6d3a43bd0b2e'),
      reason('0b1d3e555b0e4f6c9b536d3a43bd0b2e'),
      reason('x12'),
      { is: 'error', reason: 'Volume x12 is gone.' },
    ),
  ).toEqual(['error 4 Server fa6e6b4e-9a1f-4b53-8d2c-2f8b5a0a7c11 is gone.', 'error 1 Volume x12 is gone.']);
});

it('groups inconclusive cases by their root, whatever each has to say', () => {
  const verdict = (cause: string, reason: string): Verdict => ({ is: 'inconclusive', cause, reason });
  expect(told(verdict('server ACTIVE', 'a'), verdict('volume', 'b'), verdict('server ACTIVE', 'c'))).toEqual([
    'inconclusive 2 a',
    'inconclusive 1 b',
  ]);
});

it('keeps cases apart that need different things', () => {
  const verdict = (remedy: string): Verdict => ({ is: 'not-attempted', reason: 'Not given.', remedy });
  expect(told(verdict('Add --reader.'), verdict('Add --admin.'))).toHaveLength(2);
});

it('lists the worst kind first, then the largest group, and nothing that was decided', () => {
  expect(
    told(
      { is: 'pass' },
      { is: 'not-applicable', reason: 'n' },
      { is: 'not-attempted', reason: 'one' },
      { is: 'not-attempted', reason: 'two' },
      { is: 'not-attempted', reason: 'two' },
      { is: 'inconclusive', reason: 'i', cause: 'c' },
      { is: 'error', reason: 'e' },
    ),
  ).toEqual(['error 1 e', 'inconclusive 1 i', 'not-attempted 2 two', 'not-attempted 1 one', 'not-applicable 1 n']);
});
