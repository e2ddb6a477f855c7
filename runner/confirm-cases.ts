/**
 * Confirms cases that failed or were not decided: runs them again at the end, one at a time, on fixtures that no other
 * case has used. Cases that share requests share these fixtures; so do warnings, as long as nothing was changed.
 */
import { describe, test } from 'vitest';
import type { Clause } from '../src/clauses/clause.ts';
import { mostConfirmations, type Confirmations, type Next, type Spent } from '../src/execution/confirmations.ts';
import type { Keeping } from '../src/resources/keeping.ts';
import { runCase, type CaseResult } from '../src/execution/run-case.ts';
import { createMemo, freshRunContext, type RunContext } from '../src/execution/run-context.ts';
import { leavesFixturesUnchanged } from '../src/execution/unchanged-fixtures.ts';

export interface ConfirmCases {
  readonly confirmations: Confirmations;
  /** The number of cases of the run. */
  readonly cases: number;
  readonly clauses: ReadonlyMap<string, Clause>;
  readonly run: RunContext;
  /** Keeps the resources of cases that fail again. */
  readonly keeping: Keeping;
  /** Resolves when no background work is left. */
  readonly idle: () => Promise<unknown>;
  /** The time spent on confirmations and on cases so far. */
  readonly spent: () => Spent;
  /** Is the run stopped, or the target lost? */
  readonly isOver: () => boolean;
  readonly track: (deciding: Promise<CaseResult>) => Promise<CaseResult>;
  readonly closeCapacity: () => void;
  readonly note: (text: string) => void;
}

/** To be called after the cases are declared: vitest runs the confirmations after them, in order. */
export function confirmCases(given: ConfirmCases): void {
  const { confirmations, cases, clauses, run, keeping, idle, spent, isOver, track, closeCapacity, note } = given;
  // Their number is not known in advance; those that are not needed are skipped.
  const most = Math.min(3 * cases, mostConfirmations);
  const fresh = (): RunContext => ({ ...freshRunContext(run), isConfirming: true });
  let last: RunContext | undefined;
  /** With fixtures that no further attempt has changed. */
  let unchanged: RunContext | undefined;
  const runContextOf = ({ isContinued, sharesFixtures }: Next): RunContext => {
    if (last && isContinued) return last;
    if (!sharesFixtures) return fresh();
    unchanged = unchanged ? { ...unchanged, memo: createMemo() } : fresh();
    return unchanged;
  };
  const confirm = async (next: Next, clause: Clause): Promise<CaseResult> => {
    const { planned } = next;
    // The fixtures of earlier cases may still be in deletion.
    await idle();
    note(`case ${planned.id} starts again, alone`);
    const alone = (last = runContextOf(next));
    let isKept = false;
    const keeps = (result: CaseResult): boolean => (isKept = keeping.keeps(result));
    const result = await track(runCase(alone, clause, planned, keeps));
    if (alone === unchanged && (isKept || !leavesFixturesUnchanged(result))) unchanged = undefined;
    note(`case ${planned.id}, confirmation: ${result.verdict.is} after ${result.durationMs} ms`);
    confirmations.record(planned, result);
    return result;
  };
  describe.sequential('confirmations', () => {
    for (let count = 1; count <= most; count += 1) {
      test(`confirmation ${count}`, async (context) => {
        context.signal.addEventListener('abort', closeCapacity, { once: true });
        context.task.meta.confirmation = count;
        const next = isOver() ? undefined : confirmations.next(spent());
        const clause = next && clauses.get(next.planned.clause);
        if (!clause) return context.skip();
        context.task.meta.result = await confirm(next, clause);
      });
    }
  });
}
