/** What a run does when it cannot write: the first error asks it to come to its end in good order, the rest add nothing. */
import { asWriteError, WriteError } from '../files/write-error.ts';

export interface WriteGuard {
  /** Aborts with `unwritable` as its reason. */
  readonly signal: AbortSignal;
  /** Why the run could not be recorded to its end, as sentences; undefined while it can be. */
  readonly failure: () => string | undefined;
  readonly fail: (reason: string) => void;
  /** For those who hand over errors. @throws what the file system has nothing to do with */
  readonly failed: (error: unknown) => void;
  /** Undefined where it could not be written. @throws what the file system has nothing to do with */
  readonly attempt: <T>(write: () => T) => T | undefined;
}

/** Why vitest cancels, as the suites see it: nothing may be created any more. */
export const unwritable = 'unwritable';

export function createWriteGuard(): WriteGuard {
  const controller = new AbortController();
  let failure: string | undefined;
  const fail = (reason: string): void => {
    failure ??= reason;
    controller.abort(unwritable);
  };
  const failed = (error: unknown): void => {
    // Whatever was being done: a folder that is not there cannot be read either.
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
