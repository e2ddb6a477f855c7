/** Syncs a file to the disk; concurrent callers share one sync. */
import { fileSystem, type FileSystem } from '../files/file-system.ts';
import { asWriteError } from '../files/write-error.ts';

/** Resolves when everything written before the call is on the disk. @throws the error of the disk */
export type SafeOnDisk = () => Promise<void>;

export function safeOnDisk(sync: () => Promise<void>): SafeOnDisk {
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    next = undefined;
    const started = sync();
    current = started;
    const end = (): void => void (current === started && (current = undefined));
    started.then(end, end);
    return started;
  };
  // A sync in progress may not include what was written since it started.
  return () => {
    if (!current) return begin();
    next ??= current.then(begin, begin);
    return next;
  };
}

/** Syncs a file to the disk. @throws WriteError */
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
