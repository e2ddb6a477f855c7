/** Lets the suites run, and writes down in the run folder what comes: results, and how the run ended. */
import { createProgress, type Progress } from '../../reporters/progress.ts';
import type { BridgeEvents } from '../../reporters/vitest-bridge.ts';
import type { Totals } from '../../src/client/recorder.ts';
import type { CaseResult } from '../../src/conformance/run-case.ts';
import type { RunEnding } from '../../src/conformance/run-ending.ts';
import type { RunSettings } from '../../src/conformance/run-settings.ts';
import { emptyScript } from '../../src/conformance/script.ts';
import type { CaseReport, Leak, RunFacts } from '../../src/report/record.ts';
import type { Cast } from '../dynamic/with-made-identities.ts';
import { cleanupCommand } from './cleanup-command.ts';
import { heedDeadline } from './deadline.ts';
import { execute } from './execute.ts';
import { heedInterrupts } from './interrupts.ts';
import type { Met } from './meet-target.ts';
import type { RunFolder } from './run-folder.ts';
import type { RunOptions } from './run-options.ts';
import { wantsColour } from '../terminal-style.ts';

export interface Performance {
  readonly folder: RunFolder;
  readonly settings: RunSettings;
  readonly concurrency: number;
  readonly startedAt: number;
  readonly met: Met;
  readonly clouds: RunOptions['clouds'];
  /** What the run may take; without end when missing. */
  readonly deadlineMs: number | undefined;
  /** Left behind before this run. */
  readonly before: readonly Leak[];
  /** Identities that were made for it. */
  readonly cast?: Cast;
}

export async function perform({
  folder,
  settings,
  concurrency,
  startedAt,
  met,
  clouds,
  deadlineMs,
  before,
  cast,
}: Performance): Promise<void> {
  const ledgerSize = folder.ledgerSize();
  const progress = createProgress({
    output: process.stderr,
    colours: wantsColour(process.stderr),
    now: () => performance.now(),
  });
  const cpu = process.cpuUsage();
  // Where every case is settled beforehand, there is nothing for the suites to do.
  let ending = settings.cases.length === 0 ? nothingTried : undefined;
  progress.start(settings.cases.length);
  const ticking = setInterval(() => progress.tick(), 1_000);
  const interrupts = heedInterrupts({
    first: () =>
      note(
        progress,
        'Interrupted: no case is begun any more; what was made is removed. Once more ends the run at once.',
      ),
    second: () =>
      process.stderr.write(`Ended at once. What it left is removed by: ${cleanupCommand(folder.path, clouds)}\n`),
  });
  cast?.interrupts.release();
  const deadline = heedDeadline(deadlineMs, Date.now() - startedAt, () =>
    note(progress, 'The time for cases is over: none is begun any more; what was made is removed.'),
  );
  const stop = AbortSignal.any([interrupts.signal, deadline.signal]);
  let isLost = false;
  const told = new Set<string>();
  // A run that is told to stop tells some of its results twice.
  const tellOnce = (result: CaseResult): void => {
    if (told.has(result.id)) return;
    told.add(result.id);
    progress.caseDone(record(folder, result));
  };
  const events: BridgeEvents = {
    caseDone: tellOnce,
    caseLost: (id, reason) => {
      if (!stop.aborted) tellOnce(lostCase(id, reason));
    },
    lost: (reason) => {
      if (!isLost) note(progress, `${reason} ${removal}: ${cleanupCommand(folder.path, clouds)}`);
      isLost = true;
    },
    counted: (lists) => folder.append({ line: 'census', run: settings.runName, when: 'before', lists }),
    ended: (told) => (ending = told),
    broke: (reason) => progress.note(`The suites broke: ${reason}`),
  };
  if (!ending) await execute({ settings, concurrency, events, interrupts: { ...interrupts, signal: stop } });
  deadline.release();
  const wasEmpty = folder.ledgerSize() === ledgerSize;
  const left = (await cast?.remove()) ?? [];
  interrupts.release();
  // Stopped or broken before the suites had begun: there is nothing to clean up.
  if (wasEmpty) ending ??= nothingTried;
  clearInterval(ticking);
  progress.finish();
  for (const trouble of ending?.troubles ?? []) note(progress, trouble);
  if (!ending) return;
  const { census } = ending;
  if (census) folder.append({ line: 'census', run: settings.runName, when: 'after', ...census });
  const used = process.cpuUsage(cpu);
  folder.append({
    line: 'end',
    ended: howItEnded(interrupts.signal, deadline.signal, isLost, settings.cases.length - told.size),
    finishedAt: new Date().toISOString(),
    durationMs: Date.now() - startedAt,
    leaks: [...before, ...ending.leaks, ...left],
    cost: {
      ...sumOf([ending.totals, met.totals, ...(cast ? [cast.totals()] : [])]),
      ownCpuMs: Math.round((used.user + used.system) / 1000),
      created: ending.created,
    },
  });
}

const removal = 'No case is begun any more; what the run cannot remove in a last try is removed later by';

/** A deadline that passes while the last things are removed has kept no case from its verdict. */
function howItEnded(
  interrupt: AbortSignal,
  deadline: AbortSignal,
  isLost: boolean,
  undecided: number,
): RunFacts['ended'] {
  if (interrupt.aborted) return 'interrupted';
  if (isLost) return 'lost-target';
  return deadline.aborted && undecided > 0 ? 'deadline' : 'completed';
}

function sumOf(parts: readonly Totals[]): Totals {
  const sum = (key: keyof Totals): number => parts.reduce((total, part) => total + part[key], 0);
  return { exchanges: sum('exchanges'), targetMs: sum('targetMs'), targetBusyMs: sum('targetBusyMs') };
}

const nothingTried: RunEnding = {
  leaks: [],
  troubles: [],
  totals: { exchanges: 0, targetMs: 0, targetBusyMs: 0 },
  created: {},
};

function note(progress: Progress, text: string): void {
  progress.note(text);
}

function record(folder: RunFolder, result: CaseResult): CaseReport {
  const evidence = folder.keepEvidence(result);
  const { id, verdict, durationMs, exchanges } = result;
  const line = {
    id,
    verdict,
    durationMs,
    exchanges: exchanges.length,
    ...(evidence === undefined ? {} : { evidence }),
  };
  folder.append({ line: 'case', ...line, finishedAt: new Date().toISOString() });
  const [clause = '', microversion = ''] = id.split('@');
  const operation = clause.split('#')[0] as CaseReport['operation'];
  return { ...line, clause, operation, microversion, identities: [] };
}

function lostCase(id: string, reason: string): CaseResult {
  return {
    id: id as CaseResult['id'],
    verdict: { is: 'error', reason },
    durationMs: 0,
    exchanges: [],
    script: emptyScript,
  };
}
