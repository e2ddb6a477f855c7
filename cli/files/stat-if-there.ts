/** The stats of a file or folder; undefined if it does not exist, or if a parent of it is a file. */
import { lstatSync, statSync, type Stats } from 'node:fs';

export function statIfThere(path: string, look: (path: string) => Stats = statSync): Stats | undefined {
  try {
    return look(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** The stats of a link itself. */
export function lstatIfThere(path: string): Stats | undefined {
  return statIfThere(path, lstatSync);
}
