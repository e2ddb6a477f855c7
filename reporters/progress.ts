/**
 * How far the run is, on stderr: one live line on a terminal, a plain line now and then elsewhere.
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

export interface Progress {
  /** Before the first case, with the number of cases. */
  readonly start: (planned: number) => void;
  /** Also of a case that was told before, when a further attempt has changed what it came to. */
  readonly caseDone: (result: CaseReport) => void;
  /** One line that stays, such as what the run waits for. */
  readonly note: (text: string) => void;
  /** Redraws the live line, so that its clock goes on; call it about once a second. Silent off a terminal. */
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
  let drawnAt = -Infinity;
  let drawnCases = 0;
  let running = false;

  /** On a terminal, one line is one line. */
  const fit = (text: string, taken = 0): string => (live ? shorten(text, (output.columns ?? 80) - 1 - taken) : text);
  const line = (): string => progressLine(seen.size, planned, countVerdicts([...seen.values()]), now() - startedAt);
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
    return seen.size - drawnCases >= planned * plainShare || now() - drawnAt >= plainMs;
  };

  return {
    start: (count) => {
      planned = count;
      startedAt = now();
      running = true;
      draw();
    },
    caseDone: (result) => {
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
      if (live && running && isDue()) draw();
    },
    finish: () => {
      if (!running) return;
      erase();
      running = false;
      if (!live && drawnCases < seen.size) draw();
    },
  };
}

/** `120/480 cases, 25 %, 31 s, about 93 s left: 110 pass, 2 fail`. */
function progressLine(done: number, planned: number, counts: Counts, elapsedMs: number): string {
  const percent = planned === 0 ? 100 : Math.floor((100 * done) / planned);
  const told = listedKinds.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${kind}`);
  const left = done > 0 && done < planned ? `, about ${wordDuration((elapsedMs / done) * (planned - done))} left` : '';
  const tally = told.length === 0 ? '' : `: ${told.join(', ')}`;
  return `${done}/${planned} cases, ${percent} %, ${wordDuration(elapsedMs)}${left}${tally}`;
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
