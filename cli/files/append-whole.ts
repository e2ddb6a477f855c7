/** Appends to a file that is there already: the whole text, or nothing of it. */
import { constants } from 'node:fs';
import { fileSystem, type FileSystem } from './file-system.ts';
import { asWriteError } from './write-error.ts';

/**
 * Returns where the text begins. The file is opened anew each time and never created, so that a folder that was removed or
 * renamed is noticed. One writer at a time.
 *
 * @throws WriteError; the file is then as it was, where the file system allows that much
 */
export function appendWhole(file: string, text: string | Uint8Array, files: FileSystem = fileSystem): number {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  try {
    const at = files.openSync(file, constants.O_WRONLY | constants.O_APPEND);
    try {
      const { size } = files.fstatSync(at);
      appendAll(at, bytes, size, files);
      return size;
    } finally {
      files.closeSync(at);
    }
  } catch (error) {
    throw asWriteError(file, error);
  }
}

/** A disk that fills up takes a part first, and refuses the rest. */
function appendAll(at: number, bytes: Uint8Array, size: number, files: FileSystem): void {
  let written = 0;
  try {
    while (written < bytes.length) written += files.writeSync(at, bytes, written);
  } catch (error) {
    if (written > 0) cutTo(at, size, files);
    throw error;
  }
}

/** Readers leave out a last line that was cut off, where even this is refused. */
function cutTo(at: number, size: number, files: FileSystem): void {
  try {
    files.ftruncateSync(at, size);
  } catch {
    return;
  }
}
