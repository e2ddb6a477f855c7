/** Which cases a fault is tried by, and what the trials come to where the cloud has defects of its own. */
import { expect, test } from 'vitest';
import { isNamed, planTrials, type Mutant } from '../../cli/mutation-test/plan-trials.ts';
import { summarise } from '../../cli/mutation-test/summarise.ts';
import type { Clause } from '../../src/clauses/clause.ts';
import type { VerdictKind } from '../../src/clauses/verdict.ts';
import type { BaseCase } from '../../src/mutation/protocol.ts';

const mutant: Mutant = {
  id: 'derived:x',
  names: ['derived:x'],
  summary: 'x',
  equivalent: undefined,
  touches: () => true,
  operation: undefined,
  isDerived: true,
};

const clauseOf = (word: string, killedBy = 'derived:x'): Clause =>
  ({ id: `compute/show-volume-attachment#${word}`, killedBy: [killedBy] }) as unknown as Clause;

function baseOf(clause: Clause, ...verdicts: readonly VerdictKind[]): readonly BaseCase[] {
  return verdicts.map((verdict, index) => ({
    outcome: { case: `${clause.id}@2.${index + 1}`, verdict, killed: false },
    exchanges: [],
    rules: [],
  }));
}

const holds = clauseOf('holds');
const departs = clauseOf('departs');
const halfway = clauseOf('halfway');
const elsewhere = clauseOf('elsewhere', 'compute:own-fault-of-the-embedded-cloud');
const clauses = [holds, departs, halfway, elsewhere];
const base = new Map([
  [holds.id, baseOf(holds, 'pass', 'pass')],
  [departs.id, baseOf(departs, 'warn')],
  [halfway.id, baseOf(halfway, 'pass', 'inconclusive')],
  [elsewhere.id, baseOf(elsewhere, 'pass')],
]);

test('only cases that pass without a fault are tried under one', () => {
  expect(
    planTrials(
      mutant,
      clauses.filter((clause) => isNamed(mutant, clause)),
      base,
    ),
  ).toEqual([
    { clause: holds.id, cases: [`${holds.id}@2.1`, `${holds.id}@2.2`] },
    { clause: halfway.id, cases: [`${halfway.id}@2.1`] },
  ]);
});

const reportOf = (onTarget: boolean) =>
  summarise({
    clauses,
    mutants: [mutant],
    all: [mutant],
    base,
    outcomes: new Map(),
    namedOnly: false,
    everyFault: true,
    onTarget,
  });

test('a departure of the cloud itself is told apart from what was not decided, on a cloud of the user alone', () => {
  const warns = { clause: `${departs.id}@2.1`, why: 'warn' };
  const open = { clause: `${halfway.id}@2.2`, why: 'inconclusive' };
  expect(reportOf(true)).toMatchObject({ deviating: [warns], unsound: [open] });
  expect(reportOf(false)).toMatchObject({ deviating: [], unsound: [warns, open] });
});

test('on a cloud of the user no clause counts as unrefuted that no fault of this round can break', () => {
  expect(reportOf(true).unproven).toEqual([holds.id, halfway.id]);
  expect(reportOf(false).unproven).toEqual([holds.id, departs.id, halfway.id, elsewhere.id]);
});
