/** Makes what was written safe on the disk: many who ask at a time share one turn of it. */
import { fdatasync } from 'node:fs';

/** Resolves when all that was written before the call is on the disk. @throws as the disk does */
export type SafeOnDisk = () => Promise<void>;

export function safeOnDisk(file: number, sync: (file: number) => Promise<void> = flush): SafeOnDisk {
  let underWay: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    next = undefined;
    const turn = sync(file);
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

function flush(file: number): Promise<void> {
  return new Promise((resolve, reject) => fdatasync(file, (error) => (error ? reject(error) : resolve())));
}
