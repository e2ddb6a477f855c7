/** `--debug`: what happens, line by line, into a file that is named later than the first line is due. */
import type { Trace } from '../../src/client/recorder.ts';
import { overLine, sentLine, turnLine } from '../../src/report/debug-line.ts';
import { appendWhole } from '../files/append-whole.ts';
import { createIfMissing } from '../files/write-whole.ts';

export interface DebugLog {
  readonly trace: Trace;
  readonly turn: (text: string) => void;
  /** Writes down what has come so far, and from now on as it comes; `failed` is told once, and nothing more is written. */
  readonly writeTo: (file: string, failed: WriteFailed) => void;
}

/** Told what could not be written; the error is a WriteError where the file system refused. */
export type WriteFailed = (error: unknown) => void;

export function createDebugLog(): DebugLog {
  let kept = '';
  let append: (text: string) => void = (line) => void (kept += line);
  return {
    trace: { sent: (exchange) => append(sentLine(exchange)), over: (exchange) => append(overLine(exchange)) },
    turn: (text) => append(turnLine(new Date().toISOString(), text)),
    writeTo: (file, failed) => {
      append = (text) => {
        try {
          appendWhole(file, text);
        } catch (error) {
          append = () => undefined;
          failed(error);
        }
      };
      const before = kept;
      kept = '';
      try {
        createIfMissing(file);
      } catch (error) {
        append = () => undefined;
        return failed(error);
      }
      append(before);
    },
  };
}

/** For a thread that is told the file from the start; nothing without one. */
export function debugLogIn(file: string | undefined, failed: WriteFailed): DebugLog | undefined {
  if (file === undefined) return undefined;
  const log = createDebugLog();
  log.writeTo(file, failed);
  return log;
}
