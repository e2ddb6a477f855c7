/** Lets the suites run, and writes down in the run folder what comes: results, and how the run ended. */
import { createProgress, type Progress } from '../../reporters/progress.ts';
import type { Totals } from '../../src/client/recorder.ts';
import type { RunEnding } from '../../src/conformance/run-ending.ts';
import type { JournalLine } from '../../src/report/journal.ts';
import type { Kept, Leak } from '../../src/report/record.ts';
import { execute } from './execute.ts';
import { listen, type Heard } from './listen.ts';
import { heedStops, howItEnded, type Stops } from './stops.ts';
import { wantsColour } from '../terminal-style.ts';
import type { Performance } from './performance.ts';

export async function perform(play: Performance): Promise<void> {
  const progress = startProgress(play.settings.cases.length);
  const stops = heedStops(play, progress);
  try {
    await performUnder(play, progress, stops);
  } finally {
    // What ticks on would keep the process from its end.
    stops.deadline.release();
    stops.release();
    progress.finish();
  }
}

async function performUnder(play: Performance, progress: Progress, stops: Stops): Promise<void> {
  const { folder, settings, met, cast, writes } = play;
  const ledgerSize = folder.ledgerSize();
  const cpu = process.cpuUsage();
  const heard: Heard = { attempts: new Map(), isLost: false, ending: undefined };
  // Where every case is settled beforehand, there is nothing for the suites to do.
  if (settings.cases.length === 0) heard.ending = nothingTried;
  else await execute({ ...play, events: listen(play, progress, stops, heard), interrupts: stops });
  stops.deadline.release();
  const wasEmpty = ledgerSize !== undefined && folder.ledgerSize() === ledgerSize;
  const left = (await cast?.remove(heard.ending && needsItsMakers(heard.ending))) ?? [];
  stops.release();
  // Stopped or broken before the suites had begun: there is nothing to clean up.
  const ending = heard.ending ?? (wasEmpty ? nothingTried : undefined);
  progress.finish();
  for (const trouble of ending?.troubles ?? []) progress.note(trouble);
  if (!ending) return;
  const { census } = ending;
  if (census) {
    const line = { line: 'census', run: settings.runName, when: 'after', ...census } as const;
    writes.attempt(() => folder.append(line));
  }
  const used = process.cpuUsage(cpu);
  const end: JournalLine = {
    line: 'end',
    ended: howItEnded(stops, {
      isLost: heard.isLost,
      isWritten: writes.failure() === undefined,
      undecided: settings.cases.length - heard.attempts.size + (ending.isUnconfirmed ? 1 : 0),
    }),
    finishedAt: new Date().toISOString(),
    durationMs: Date.now() - play.startedAt,
    leaks: [...play.before, ...ending.leaks, ...(ending.kept ? [] : left)],
    ...(ending.kept && { kept: [...ending.kept, ...keptWith(ending.kept, left)] }),
    ...(ending.rebuilds && { rebuilds: ending.rebuilds }),
    cost: {
      ...sumOf([ending.totals, met.totals, ...(cast ? [cast.totals()] : [])]),
      ownCpuMs: Math.round((used.user + used.system) / 1000),
      created: ending.created,
    },
  };
  writes.attempt(() => folder.append(end, { ...end, ended: 'write-error' }));
}

/** Only who made a thing may use and remove it. */
function needsItsMakers({ leaks, kept = [] }: RunEnding): boolean {
  return leaks.length + kept.length > 0;
}

/** The identities that were made for the run, of what is kept. */
function keptWith([first]: NonNullable<RunEnding['kept']>, makers: readonly Leak[]): readonly Kept[] {
  return first ? makers.map((maker) => ({ ...maker, case: first.case })) : [];
}

/** The progress ticks until it is finished. */
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

const nothingTried: RunEnding = {
  leaks: [],
  troubles: [],
  totals: { exchanges: 0, targetMs: 0, targetBusyMs: 0 },
  created: {},
};
