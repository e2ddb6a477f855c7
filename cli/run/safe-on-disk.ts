/** Makes what was written safe on the disk: many who ask at a time share one turn of it. */
import { fileSystem, type FileSystem } from '../files/file-system.ts';
import { asWriteError } from '../files/write-error.ts';

/** Resolves when all that was written before the call is on the disk. @throws as the disk does */
export type SafeOnDisk = () => Promise<void>;

export function safeOnDisk(sync: () => Promise<void>): SafeOnDisk {
  let underWay: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    next = undefined;
    const turn = sync();
    underWay = turn;
    const end = (): void => void (underWay === turn && (underWay = undefined));
    turn.then(end, end);
    return turn;
  };
  // What is written during a turn may not be part of it.
  return () => {
    if (!underWay) return begin();
    next ??= underWay.then(begin, begin);
    return next;
  };
}

/** Brings to the disk what was written to a file. @throws WriteError */
export async function syncFile(file: string, files: FileSystem = fileSystem): Promise<void> {
  try {
    const at = files.openSync(file, 'r+');
    try {
      await new Promise<void>((resolve, reject) => files.fdatasync(at, (error) => (error ? reject(error) : resolve())));
    } finally {
      files.closeSync(at);
    }
  } catch (error) {
    throw asWriteError(file, error);
  }
}
