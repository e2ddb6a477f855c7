/** The end of the suites: cases that failed or were not decided, once more, one at a time, on fixtures that no other case had. */
import { describe, test } from 'vitest';
import type { Clause } from '../src/conformance/clause.ts';
import { mostConfirmations, type Confirmations, type Next, type Spent } from '../src/conformance/confirmations.ts';
import type { Keeping } from '../src/conformance/keeping.ts';
import { runCase, type CaseResult } from '../src/conformance/run-case.ts';
import { freshWorld, type World } from '../src/conformance/world.ts';

export interface ConfirmCases {
  readonly confirmations: Confirmations;
  /** How many cases the run has. */
  readonly cases: number;
  readonly clauses: ReadonlyMap<string, Clause>;
  readonly world: World;
  /** Of what fails once more. */
  readonly keeping: Keeping;
  /** Resolves when nothing goes on beside the cases. */
  readonly idle: () => Promise<unknown>;
  /** On confirmations and on cases so far. */
  readonly spent: () => Spent;
  /** Is the run told to stop, or the target lost? */
  readonly isOver: () => boolean;
  readonly follow: (deciding: Promise<CaseResult>) => Promise<CaseResult>;
  readonly letGo: () => void;
  readonly note: (text: string) => void;
}

/** To be called after the cases: vitest begins these when all of those are decided, one after the other. */
export function confirmCases(given: ConfirmCases): void {
  const { confirmations, cases, clauses, world, keeping, idle, spent, isOver, follow, letGo, note } = given;
  // How many there are to be is not known beforehand; those that are not needed are skipped.
  const most = Math.min(3 * cases, mostConfirmations);
  let alone: World | undefined;
  const confirm = async ({ planned, isContinued }: Next, clause: Clause): Promise<CaseResult> => {
    // What earlier cases gave back is still being taken down.
    await idle();
    note(`case ${planned.id} begins once more, alone`);
    alone = isContinued && alone ? alone : { ...freshWorld(world), isConfirming: true };
    const result = await follow(runCase(alone, clause, planned, keeping.keeps));
    note(`case ${planned.id}, once more: ${result.verdict.is} after ${result.durationMs} ms`);
    confirmations.tell(planned, result);
    return result;
  };
  describe.sequential('confirmations', () => {
    for (let count = 1; count <= most; count += 1) {
      test(`confirmation ${count}`, async (context) => {
        context.signal.addEventListener('abort', letGo, { once: true });
        context.task.meta.confirmation = count;
        const next = isOver() ? undefined : confirmations.next(spent());
        const clause = next && clauses.get(next.planned.clause);
        if (!clause) return context.skip();
        context.task.meta.result = await confirm(next, clause);
      });
    }
  });
}
