/**
 * The ledger of a run as a file: an intent is on the disk before its request leaves. When one cannot be written, nothing is
 * created any more, and what is removed after that is noted as far as the disk allows it.
 */
import type { AppendLedger, LedgerEntry } from '../../src/conformance/ledger.ts';
import { Stopped } from '../../src/conformance/errors.ts';
import { appendWhole } from '../files/append-whole.ts';
import { fileSystem, type FileSystem } from '../files/file-system.ts';
import { safeOnDisk, syncFile } from './safe-on-disk.ts';

export interface LedgerFile {
  /** Throws for an intent only: that thing is not created then. */
  readonly append: AppendLedger;
  /** From now on no intent is taken, for this reason. */
  readonly refuse: (reason: string) => void;
}

/** `failed` gets the first error, mostly a WriteError. `where`: see LedgerEntry. */
export function openLedgerFile(
  file: string,
  failed: (error: Error) => void,
  { where, files = fileSystem }: { readonly where?: string; readonly files?: FileSystem } = {},
): LedgerFile {
  const sync = safeOnDisk(() => syncFile(file, files));
  let refused: string | undefined;
  const fail = (error: unknown): Stopped => {
    const { message } = error as Error;
    if (refused === undefined) failed(error as Error);
    refused ??= message;
    return new Stopped(message);
  };
  const write = (entry: LedgerEntry): void => {
    const whole = where === undefined ? entry : { ...entry, where };
    appendWhole(file, `${JSON.stringify(whole)}\n`, files);
  };
  const intend = async (entry: LedgerEntry): Promise<void> => {
    if (refused !== undefined) throw new Stopped(refused);
    try {
      write(entry);
      await sync();
    } catch (error) {
      throw fail(error);
    }
    // Another one may have failed meanwhile.
    if (refused !== undefined) throw new Stopped(refused);
  };
  return {
    append: (entry) => {
      if (entry.event === 'intent') return intend(entry);
      try {
        write(entry);
      } catch (error) {
        fail(error);
      }
    },
    refuse: (reason) => void (refused ??= reason),
  };
}
