/** Handles write errors of a run: the first one shuts it down in order, later ones are ignored. */
import { asWriteError, WriteError } from '../files/write-error.ts';

export interface WriteGuard {
  /** Aborts with `unwritable` as its reason. */
  readonly signal: AbortSignal;
  /** The first write error as sentences; undefined while there is none. */
  readonly failure: () => string | undefined;
  readonly fail: (reason: string) => void;
  /** Reports an error. @throws errors that do not come from the file system */
  readonly failed: (error: unknown) => void;
  /** Undefined after a write error. @throws errors that do not come from the file system */
  readonly attempt: <T>(write: () => T) => T | undefined;
}

/** The reason for which vitest cancels: the suites must not create anything more. */
export const unwritable = 'unwritable';

export function createWriteGuard(): WriteGuard {
  const controller = new AbortController();
  let failure: string | undefined;
  const fail = (reason: string): void => {
    failure ??= reason;
    controller.abort(unwritable);
  };
  const failed = (error: unknown): void => {
    // Also for errors of reading: a missing folder cannot be read either.
    const known = asWriteError((error as { readonly path?: string } | undefined)?.path ?? 'the run folder', error);
    if (!(known instanceof WriteError)) throw error;
    fail(known.message);
  };
  const attempt = <T>(write: () => T): T | undefined => {
    try {
      return write();
    } catch (error) {
      failed(error);
      return undefined;
    }
  };
  return { signal: controller.signal, failure: () => failure, fail, failed, attempt };
}
