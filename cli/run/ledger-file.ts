/**
 * The ledger file of a run: an intent is on the disk before its request is sent. When one cannot be written, nothing
 * more is created, and later removals are recorded if the disk allows it.
 */
import type { AppendLedger } from '../../src/resources/ledger.ts';
import type { LedgerEntry } from '../../src/records/ledger.ts';
import { Stopped } from '../../src/execution/errors.ts';
import { appendWhole } from '../files/append-whole.ts';
import { fileSystem, type FileSystem } from '../files/file-system.ts';
import { safeOnDisk, syncFile } from './safe-on-disk.ts';

export interface LedgerFile {
  /** Throws for an intent only; the resource is not created then. */
  readonly append: AppendLedger;
  /** Rejects all further intents for this reason. */
  readonly refuse: (reason: string) => void;
}

/** `failed` receives the first error, usually a WriteError. `where`: see LedgerEntry. */
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
    const line = where === undefined ? entry : { ...entry, where };
    appendWhole(file, `${JSON.stringify(line)}\n`, files);
  };
  const intend = async (entry: LedgerEntry): Promise<void> => {
    if (refused !== undefined) throw new Stopped(refused);
    try {
      write(entry);
      await sync();
    } catch (error) {
      throw fail(error);
    }
    // Another intent may have failed in the meantime.
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
