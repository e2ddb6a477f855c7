/** Appends to an existing file: the whole text, or nothing. */
import { constants } from 'node:fs';
import { fileSystem, type FileSystem } from './file-system.ts';
import { asWriteError } from './write-error.ts';

/**
 * Returns the offset of the text. The file is opened each time and never created, so that a removed or renamed folder
 * is noticed. One writer at a time.
 *
 * @throws WriteError; the file is then unchanged, where the file system allows it
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

/** A full disk may accept a part and refuse the rest. */
function appendAll(at: number, bytes: Uint8Array, size: number, files: FileSystem): void {
  let written = 0;
  try {
    while (written < bytes.length) written += files.writeSync(at, bytes, written);
  } catch (error) {
    if (written > 0) cutTo(at, size, files);
    throw error;
  }
}

/** If even this fails, readers ignore the incomplete last line. */
function cutTo(at: number, size: number, files: FileSystem): void {
  try {
    files.ftruncateSync(at, size);
  } catch {
    return;
  }
}
