/** What stops a run from starting further cases: an interrupt, the deadline, or a write error. */
import type { Progress } from '../../reporters/progress.ts';
import type { RunFacts } from '../../src/records/report.ts';
import { cleanupCommand } from './cleanup-command.ts';
import { observeDeadline, type Deadline } from './deadline.ts';
import { observeInterrupts, type Interrupts } from './interrupts.ts';
import type { RunParts } from './run-parts.ts';

export interface Stops extends Interrupts {
  readonly interrupt: AbortSignal;
  readonly deadline: Deadline;
}

/** The signal aborts on the first of them. */
export function observeStops(
  { folder, access, provisioned, deadlineMs, startedAt, writes }: RunParts,
  progress: Progress,
): Stops {
  const interrupts = observeInterrupts({
    first: () =>
      progress.note('Interrupted: no further case starts; removing what was created. Interrupt again to exit at once.'),
    second: () =>
      process.stderr.write(`Exited without clean-up. To remove what is left: ${cleanupCommand(folder.path, access)}\n`),
  });
  provisioned?.interrupts.release();
  const deadline = observeDeadline(deadlineMs, Date.now() - startedAt, () =>
    progress.note('The time for cases is over: no further case starts; removing what was created.'),
  );
  const noteFailure = (): void =>
    progress.note(`${writes.failure()} No further case starts; removing what was created.`);
  if (writes.signal.aborted) noteFailure();
  else writes.signal.addEventListener('abort', noteFailure, { once: true });
  const signal = AbortSignal.any([interrupts.signal, deadline.signal, writes.signal]);
  return { ...interrupts, signal, interrupt: interrupts.signal, deadline };
}

/** A deadline that passes during clean-up has not affected any case. */
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
