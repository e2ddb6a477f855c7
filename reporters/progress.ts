/**
 * Progress of a run on stderr: one live line on a terminal, a plain line from time to time elsewhere.
 *
 * The time left includes pending cases that take longer than the others and cases to retry. The cleanup follows.
 *
 * The first failure, error and unstable case of each clause are printed at once, above the live line.
 */
import picocolors from 'picocolors';
import { printable } from '../src/report/printable.ts';
import type { CaseReport, Counts } from '../src/records/report.ts';
import { countVerdicts, listedKinds } from '../src/report/tally.ts';
import { describeDuration } from '../src/report/describe-duration.ts';
import { wordFinding } from '../src/report/describe-finding.ts';
import { shorten } from './terminal/layout.ts';
import { createPaceOfCases, type Left } from './progress-pace.ts';

export interface Progress {
  /** Before the first case, with the number of cases. */
  readonly start: (planned: number) => void;
  /** Also for a case reported before, when a further attempt has changed its verdict. */
  readonly caseDone: (result: CaseReport) => void;
  /** Prints a line that stays, for example what the run waits for. */
  readonly note: (text: string) => void;
  /** Updates the clock of the live line; call it about once a second. Off a terminal, only after the last case. */
  readonly tick: () => void;
  /** Removes the live line; off a terminal, prints the final state. */
  readonly finish: () => void;
}

export interface ProgressOptions {
  readonly output: ProgressOutput;
  readonly colours: boolean;
  /** Milliseconds, on any clock that only goes forward. */
  readonly now: () => number;
}

/** The members of a stream that are used; `process.stderr` has them. */
export interface ProgressOutput {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The minimum time between two redraws of the live line. */
const leastMsBetweenDraws = 100;
/** Off a terminal: a line after this share of the cases or this time, whichever comes first. */
const plainShare = 0.1;
const plainMs = 30_000;

export function createProgress({ output, colours, now }: ProgressOptions): Progress {
  const live = output.isTTY === true;
  const paint = picocolors.createColors(colours);
  const seen = new Map<string, CaseReport['verdict']['is']>();
  const alarmed = new Set<string>();
  let planned = 0;
  let startedAt = now();
  let pace = createPaceOfCases(startedAt);
  let drawnAt = -Infinity;
  let drawnCases = 0;
  let running = false;

  /** Cuts a text to one line of the terminal. */
  const fit = (text: string, taken = 0): string => (live ? shorten(text, (output.columns ?? 80) - 1 - taken) : text);
  const line = (): string =>
    progressLine(
      { done: seen.size, planned, elapsedMs: now() - startedAt },
      countVerdicts([...seen.values()]),
      running ? pace.left(now(), planned) : undefined,
    );
  const erase = (): void => void (live && running && output.write('\r\x1b[2K'));
  const draw = (): void => {
    drawnAt = now();
    drawnCases = seen.size;
    if (live) output.write(`\r\x1b[2K${fit(line())}`);
    else output.write(`${line()}\n`);
  };
  const print = (text: string): void => {
    erase();
    output.write(`${text}\n`);
    if (live && running) draw();
  };
  const isDue = (): boolean => {
    if (live) return now() - drawnAt >= leastMsBetweenDraws;
    const more = seen.size - drawnCases;
    return (more > 0 && more >= planned * plainShare) || now() - drawnAt >= plainMs;
  };

  return {
    start: (count) => {
      planned = count;
      startedAt = now();
      pace = createPaceOfCases(startedAt);
      running = true;
      draw();
    },
    caseDone: (result) => {
      pace.done(result, now());
      seen.set(result.id, result.verdict.is);
      const alarm = alarmOf(result);
      const key = `${alarm?.word} ${result.clause}`;
      if (alarm && !alarmed.has(key)) print(`${paint.red(alarm.word)} ${fit(alarm.rest, alarm.word.length + 1)}`);
      alarmed.add(key);
      if (isDue()) draw();
    },
    note: (text) => {
      print(printable(text, 500));
    },
    tick: () => {
      if (running && (live || seen.size >= planned) && isDue()) draw();
    },
    finish: () => {
      if (!running) return;
      erase();
      running = false;
      if (!live && drawnCases < seen.size) draw();
    },
  };
}

interface Passed {
  readonly done: number;
  readonly planned: number;
  readonly elapsedMs: number;
}

/** `120/480 cases, 25 %, 31 s, about 93 s left: 110 pass, 2 fail`. */
function progressLine({ done, planned, elapsedMs }: Passed, counts: Counts, left: Left | undefined): string {
  const percent = planned === 0 ? 100 : Math.floor((100 * done) / planned);
  const parts = listedKinds.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${kind}`);
  const tally = parts.length === 0 ? '' : `: ${parts.join(', ')}`;
  return `${done}/${planned} cases, ${percent} %, ${describeDuration(elapsedMs)}${left ? describeLeft(left) : ''}${tally}`;
}

function describeLeft({ ms, again, isOver }: Left): string {
  const cases = again === 1 ? '1 case' : `${again} cases`;
  const doing = again > 0 ? `retrying ${cases}, then cleaning up` : 'cleaning up';
  const time = ms === undefined ? '' : `, about ${describeDuration(ms)} left`;
  return isOver ? `${again > 0 ? time : ''}, ${doing}` : time;
}

interface Alarm {
  readonly word: string;
  readonly rest: string;
}

function alarmOf({ id, verdict }: CaseReport): Alarm | undefined {
  if (verdict.is === 'fail') return { word: 'fail', rest: `${id}: ${wordFinding(verdict.findings[0])}` };
  if (verdict.is === 'unstable') return { word: 'unstable', rest: `${id}: ${printable(verdict.reason, 500)}` };
  return verdict.is === 'error' ? { word: 'error', rest: `${id}: ${printable(verdict.reason, 500)}` } : undefined;
}
