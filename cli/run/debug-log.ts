/** `--debug`: what happens, line by line, into a file that is named later than the first line is due. */
import { appendFileSync } from 'node:fs';
import type { Trace } from '../../src/client/recorder.ts';
import { overLine, sentLine, turnLine } from '../../src/report/debug-line.ts';

export interface DebugLog {
  readonly trace: Trace;
  readonly turn: (text: string) => void;
  /** Writes down what has come so far, and from now on as it comes. */
  readonly writeTo: (file: string) => void;
}

export function createDebugLog(): DebugLog {
  let kept = '';
  let file: string | undefined;
  const write = (line: string): void => {
    if (file === undefined) kept += line;
    else appendFileSync(file, line);
  };
  return {
    trace: { sent: (exchange) => write(sentLine(exchange)), over: (exchange) => write(overLine(exchange)) },
    turn: (text) => write(turnLine(new Date().toISOString(), text)),
    writeTo: (named) => {
      appendFileSync(named, kept);
      kept = '';
      file = named;
    },
  };
}

/** For a thread that is told the file from the start; nothing without one. */
export function debugLogIn(file: string | undefined): DebugLog | undefined {
  if (file === undefined) return undefined;
  const log = createDebugLog();
  log.writeTo(file);
  return log;
}
