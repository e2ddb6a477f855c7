/** `--debug`: logs events line by line; lines are buffered until the file is known. */
import type { Trace } from '../../src/client/recorder.ts';
import { overLine, sentLine, turnLine } from '../../src/report/debug-line.ts';
import { appendWhole } from '../files/append-whole.ts';
import { createIfMissing } from '../files/write-whole.ts';

export interface DebugLog {
  readonly trace: Trace;
  readonly turn: (text: string) => void;
  /**
   * Writes the buffer, and every line from now on; after an error, `failed` is called once and nothing more is written.
   */
  readonly writeTo: (file: string, failed: WriteFailed) => void;
}

/** Receives the error; a WriteError if the file system caused it. */
export type WriteFailed = (error: unknown) => void;

export function createDebugLog(): DebugLog {
  let buffer = '';
  let append: (text: string) => void = (line) => void (buffer += line);
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
      const buffered = buffer;
      buffer = '';
      try {
        createIfMissing(file);
      } catch (error) {
        append = () => undefined;
        return failed(error);
      }
      append(buffered);
    },
  };
}

/** For a thread that knows the file from the start; undefined without a file. */
export function debugLogIn(file: string | undefined, failed: WriteFailed): DebugLog | undefined {
  if (file === undefined) return undefined;
  const log = createDebugLog();
  log.writeTo(file, failed);
  return log;
}
