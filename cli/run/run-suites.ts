/** Runs the suites, and records in the run folder their results and how the run ended. */
import { createProgress, type Progress } from '../../reporters/progress.ts';
import type { Totals } from '../../src/client/recorder.ts';
import type { RunEnding } from '../../src/execution/run-ending.ts';
import type { JournalLine } from '../../src/records/journal.ts';
import type { Kept, Leak } from '../../src/records/run-facts.ts';
import { listen, type SuiteResults } from './listen.ts';
import { observeStops, howItEnded, type Stops } from './stops.ts';
import { wantsColour } from '../terminal-style.ts';
import type { RunParts } from './run-parts.ts';

export async function execute(parts: RunParts): Promise<void> {
  const progress = startProgress(parts.settings.cases.length);
  const stops = observeStops(parts, progress);
  try {
    await executeUnder(parts, progress, stops);
  } finally {
    // A running timer would keep the process alive.
    stops.deadline.release();
    stops.release();
    progress.finish();
  }
}

async function executeUnder(parts: RunParts, progress: Progress, stops: Stops): Promise<void> {
  const { folder, settings, discovered, provisioned, writes } = parts;
  const ledgerSize = folder.ledgerSize();
  const cpu = process.cpuUsage();
  const results: SuiteResults = { attempts: new Map(), isLost: false, ending: undefined };
  // If every case is already decided, there is nothing to run.
  if (settings.cases.length === 0) results.ending = nothingRun;
  else {
    // Loaded on demand: an error before the first case is reported without it.
    const { runVitest } = await import('../../runner/start-vitest.ts');
    await runVitest({ ...parts, events: listen(parts, progress, stops, results), interrupts: stops });
  }
  stops.deadline.release();
  const wasEmpty = ledgerSize !== undefined && folder.ledgerSize() === ledgerSize;
  const left = (await provisioned?.remove(results.ending && needsIdentities(results.ending))) ?? [];
  stops.release();
  // Stopped or failed before the suites started: there is nothing to clean up.
  const ending = results.ending ?? (wasEmpty ? nothingRun : undefined);
  progress.finish();
  for (const trouble of ending?.troubles ?? []) progress.note(trouble);
  if (!ending) return;
  const { inventory } = ending;
  if (inventory) {
    const line = { line: 'inventory', run: settings.runName, when: 'after', ...inventory } as const;
    writes.attempt(() => folder.append(line));
  }
  const used = process.cpuUsage(cpu);
  const end: JournalLine = {
    line: 'end',
    ended: howItEnded(stops, {
      isLost: results.isLost,
      isWritten: writes.failure() === undefined,
      undecided: settings.cases.length - results.attempts.size + (ending.isUnconfirmed ? 1 : 0),
    }),
    finishedAt: new Date().toISOString(),
    durationMs: Date.now() - parts.startedAt,
    leaks: [...parts.before, ...ending.leaks, ...(ending.kept ? [] : left)],
    ...(ending.kept && { kept: [...ending.kept, ...keptWith(ending.kept, left)] }),
    ...(ending.rebuilds && { rebuilds: ending.rebuilds }),
    cost: {
      ...sumOf([ending.totals, discovered.totals, ...(provisioned ? [provisioned.totals()] : [])]),
      ownCpuMs: Math.round((used.user + used.system) / 1000),
      created: ending.created,
    },
  };
  writes.attempt(() => folder.append(end, { ...end, ended: 'write-error' }));
}

/** Resources that remain can only be used and removed by the identities that created them. */
function needsIdentities({ leaks, kept = [] }: RunEnding): boolean {
  return leaks.length + kept.length > 0;
}

/** The created identities that the kept resources need. */
function keptWith([first]: NonNullable<RunEnding['kept']>, created: readonly Leak[]): readonly Kept[] {
  return first ? created.map((identity) => ({ ...identity, case: first.case })) : [];
}

/** The progress is updated every second until it is finished. */
function startProgress(cases: number): Progress {
  const progress = createProgress({
    output: process.stderr,
    colours: wantsColour(process.stderr),
    now: () => performance.now(),
  });
  progress.start(cases);
  const ticking = setInterval(() => progress.tick(), 1_000);
  const finish = (): void => {
    clearInterval(ticking);
    progress.finish();
  };
  return { ...progress, finish };
}

function sumOf(parts: readonly Totals[]): Totals {
  const sum = (key: keyof Totals): number => parts.reduce((total, part) => total + part[key], 0);
  return { exchanges: sum('exchanges'), targetMs: sum('targetMs'), targetBusyMs: sum('targetBusyMs') };
}

const nothingRun: RunEnding = {
  leaks: [],
  troubles: [],
  totals: { exchanges: 0, targetMs: 0, targetBusyMs: 0 },
  created: {},
};
