/** What keeps further cases from beginning: an interrupt, or the deadline. */
import type { Progress } from '../../reporters/progress.ts';
import type { RunFacts } from '../../src/report/record.ts';
import { cleanupCommand } from './cleanup-command.ts';
import { heedDeadline, type Deadline } from './deadline.ts';
import { heedInterrupts, type Interrupts } from './interrupts.ts';
import type { Performance } from './performance.ts';

export interface Stops extends Interrupts {
  readonly interrupt: AbortSignal;
  readonly deadline: Deadline;
}

/** Its signal is whatever comes first. */
export function heedStops(
  { folder, access, cast, deadlineMs, startedAt, writes }: Performance,
  progress: Progress,
): Stops {
  const interrupts = heedInterrupts({
    first: () =>
      progress.note(
        'Interrupted: no case is begun any more; what was made is removed. Once more ends the run at once.',
      ),
    second: () =>
      process.stderr.write(`Ended at once. What it left is removed by: ${cleanupCommand(folder.path, access)}\n`),
  });
  cast?.interrupts.release();
  const deadline = heedDeadline(deadlineMs, Date.now() - startedAt, () =>
    progress.note('The time for cases is over: none is begun any more; what was made is removed.'),
  );
  const noteFailure = (): void =>
    progress.note(`${writes.failure()} No case is begun any more; what was made is removed.`);
  if (writes.signal.aborted) noteFailure();
  else writes.signal.addEventListener('abort', noteFailure, { once: true });
  const signal = AbortSignal.any([interrupts.signal, deadline.signal, writes.signal]);
  return { ...interrupts, signal, interrupt: interrupts.signal, deadline };
}

/** A deadline that passes while the last things are removed has kept no case from its verdict. */
export function howItEnded(
  { interrupt, deadline }: Stops,
  {
    isLost,
    isWritten,
    undecided,
  }: { readonly isLost: boolean; readonly isWritten: boolean; readonly undecided: number },
): RunFacts['ended'] {
  if (!isWritten) return 'write-error';
  if (interrupt.aborted) return 'interrupted';
  if (isLost) return 'lost-target';
  return deadline.signal.aborted && undecided > 0 ? 'deadline' : 'completed';
}
