/** Suites of others beside ours: what fails there is told, sets the exit code, and is counted in none of our figures. */
import { expect, test } from 'vitest';
import type { VerdictKind } from '../../src/clauses/verdict.ts';
import { judgeSuites } from '../../src/report/judge-suites.ts';
import type { CaseReport, ClauseReport } from '../../src/records/report.ts';
import { exitCode } from '../../src/report/run-verdict.ts';
import { describeSuites } from '../../src/report/describe-suite.ts';

function outcomeOf(verdicts: Readonly<Record<string, VerdictKind>>) {
  const clauses = Object.entries(verdicts).map(([id, verdict]) => ({
    ...{ id, verdict, statement: 'It MUST hold.', level: 'MUST' },
    ...(id.startsWith('acme/') && { suite: 'acme' }),
  })) as unknown as readonly ClauseReport[];
  const cases = clauses.map(({ id, verdict }) => ({
    ...{ id: `${id}@2.1`, clause: id, operation: id.split('#')[0], microversion: '2.1' },
    verdict:
      verdict === 'fail'
        ? { is: 'fail', findings: [{ kind: 'status', exchange: 'x1', expected: [200], seen: 500 }] }
        : { is: verdict, reason: 'No.' },
  })) as unknown as readonly CaseReport[];
  return { clauses, cases, ended: 'completed', waivers: [], leaks: [], lostLines: 0, scope } as const;
}

const scope = {
  complete: true,
  summary: 'all 1 clauses of things',
  resources: ['things'],
  operations: { selected: 1 },
  clauses: { selected: 1, total: 1 },
  cases: { selected: 1, total: 1 },
  leftOut: [],
} as const;
const ours = 'compute/attach-volume#a';
const theirs = 'acme/compute/attach-volume#a';

test.each([
  {
    name: 'both pass',
    verdicts: { [ours]: 'pass', [theirs]: 'pass' },
    own: 'conformant',
    other: 'passed',
    code: 0,
  },
  {
    name: 'theirs fails',
    verdicts: { [ours]: 'pass', [theirs]: 'fail' },
    own: 'conformant',
    other: 'non-conformant',
    code: 1,
  },
  {
    name: 'ours fails',
    verdicts: { [ours]: 'fail', [theirs]: 'pass' },
    own: 'non-conformant',
    other: 'passed',
    code: 1,
  },
  {
    name: 'theirs is open',
    verdicts: { [ours]: 'pass', [theirs]: 'not-attempted' },
    own: 'conformant',
    other: 'partial',
    code: 2,
  },
] as const)('$name: exit code $code', ({ verdicts, own, other, code }) => {
  const judged = judgeSuites(outcomeOf(verdicts));
  expect([judged.verdict, judged.suites?.[0]?.verdict, exitCode(judged)]).toEqual([own, other, code]);
  expect(judged.counts.clauses.pass + judged.counts.clauses.fail).toBe(1);
  expect(describeSuites(judged)[0]).toContain(`acme: ${other}`);
});

test('clauses of others alone say nothing of the reference', () => {
  const judged = judgeSuites(outcomeOf({ [theirs]: 'pass' }));
  expect(judged).toMatchObject({ verdict: 'partial', suites: [{ verdict: 'passed' }] });
  expect(judged.vacuous).toBe('The run tests nothing of the reference: only clauses of acme were selected.');
});

test('a run without extension suites lists none', () => {
  expect(judgeSuites(outcomeOf({ [ours]: 'pass' }))).not.toHaveProperty('suites');
});
