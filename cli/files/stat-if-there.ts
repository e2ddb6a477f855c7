/** Facts of a file or folder; undefined where there is none, and where a file stands in the place of a folder above it. */
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

/** Of a link itself. */
export function lstatIfThere(path: string): Stats | undefined {
  return statIfThere(path, lstatSync);
}
