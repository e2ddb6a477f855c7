/**
 * How far the run is, on stderr: one live line on a terminal, a plain line now and then elsewhere.
 *
 * What is left counts what is being waited for: a case that takes longer than the others, cases that are tried again, and
 * at the end the removal of what was made.
 *
 * The first failure, the first error and the first unstable case of a clause are told at once, above the live line. Nothing here decides
 * anything.
 */
import picocolors from 'picocolors';
import { printable } from '../src/report/printable.ts';
import type { CaseReport, Counts } from '../src/report/record.ts';
import { countVerdicts, listedKinds } from '../src/report/tally.ts';
import { wordDuration } from '../src/report/word-duration.ts';
import { wordFinding } from '../src/report/word-finding.ts';
import { shorten } from './terminal/layout.ts';
import { createPaceOfCases, type Left } from './progress-pace.ts';

export interface Progress {
  /** Before the first case, with the number of cases. */
  readonly start: (planned: number) => void;
  /** Also of a case that was told before, when a further attempt has changed what it came to. */
  readonly caseDone: (result: CaseReport) => void;
  /** One line that stays, such as what the run waits for. */
  readonly note: (text: string) => void;
  /** Redraws the live line, so that its clock goes on; call it about once a second. Off a terminal only after the last case. */
  readonly tick: () => void;
  /** Takes the live line away; elsewhere says how it ended. */
  readonly finish: () => void;
}

export interface ProgressOptions {
  readonly output: ProgressOutput;
  readonly colours: boolean;
  /** Milliseconds, on any clock that only goes forward. */
  readonly now: () => number;
}

/** What is needed of a stream; `process.stderr` is one. */
export interface ProgressOutput {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Drawing more often only costs. */
const leastMsBetweenDraws = 100;
/** Off a terminal: a line after this share of the cases or this time, whichever is first. */
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

  /** On a terminal, one line is one line. */
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
  const say = (text: string): void => {
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
      if (alarm && !alarmed.has(key)) say(`${paint.red(alarm.word)} ${fit(alarm.rest, alarm.word.length + 1)}`);
      alarmed.add(key);
      if (isDue()) draw();
    },
    note: (text) => {
      say(printable(text, 500));
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
  const told = listedKinds.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${kind}`);
  const tally = told.length === 0 ? '' : `: ${told.join(', ')}`;
  return `${done}/${planned} cases, ${percent} %, ${wordDuration(elapsedMs)}${left ? wordLeft(left) : ''}${tally}`;
}

function wordLeft({ ms, again, isOver }: Left): string {
  const cases = again === 1 ? '1 case' : `${again} cases`;
  const doing = again > 0 ? `trying ${cases} again, then removing what was made` : 'removing what was made';
  const time = ms === undefined ? '' : `, about ${wordDuration(ms)} left`;
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
