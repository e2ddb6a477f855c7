/** Writes a file as a whole or not at all: beside its place first, then in one step into it. */
import { realpathSync } from 'node:fs';
import { dirname, join, basename } from 'node:path';
import { fileSystem, type FileSystem } from './file-system.ts';
import { lstatIfThere } from './stat-if-there.ts';
import { asWriteError } from './write-error.ts';

/** @throws WriteError; what stood there before still does */
export function writeWhole(file: string, text: string | Uint8Array, files: FileSystem = fileSystem): void {
  try {
    const place = placeOf(file);
    const before = lstatIfThere(place);
    // A device or a pipe is written to, never replaced.
    if (before && !before.isFile()) return files.writeFileSync(place, text);
    const beside = join(dirname(place), `.${basename(place)}.${process.pid}.new`);
    try {
      files.writeFileSync(beside, text, { flag: 'wx', ...(before && { mode: before.mode }) });
      files.renameSync(beside, place);
    } catch (error) {
      files.rmSync(beside, { force: true });
      throw error;
    }
  } catch (error) {
    throw asWriteError(file, error);
  }
}

/** The same for a file that must not be there yet. @throws WriteError, or EEXIST as it comes */
export function writeNew(file: string, text: string, files: FileSystem = fileSystem): void {
  let isMine = false;
  try {
    const at = files.openSync(file, 'wx');
    isMine = true;
    files.closeSync(at);
    writeWhole(file, text, files);
  } catch (error) {
    if (isMine) files.rmSync(file, { force: true });
    throw asWriteError(file, error);
  }
}

/** No error where it is not there. @throws WriteError */
export function removeFile(file: string, files: FileSystem = fileSystem): void {
  try {
    files.rmSync(file, { force: true });
  } catch (error) {
    throw asWriteError(file, error);
  }
}

/** Makes an empty file where there is none. @throws WriteError */
export function createIfMissing(file: string, files: FileSystem = fileSystem): void {
  try {
    files.closeSync(files.openSync(file, 'a'));
  } catch (error) {
    throw asWriteError(file, error);
  }
}

/** A folder for files of ours, with what leads to it. @throws WriteError */
export function makeFolder(folder: string, files: FileSystem = fileSystem): void {
  try {
    files.mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw asWriteError(folder, error);
  }
}

/** Folders below one that is there already and is not made again when it is removed. @throws WriteError */
export function makeFolderIn(root: string, folder: string, files: FileSystem = fileSystem): void {
  let place = root;
  for (const part of folder.split('/').filter((name) => name !== '' && name !== '.')) {
    place = join(place, part);
    try {
      if (!lstatIfThere(place)?.isDirectory()) files.mkdirSync(place);
    } catch (error) {
      throw asWriteError(place, error);
    }
  }
}

/** A link is followed: its target is what is written. */
function placeOf(file: string): string {
  return lstatIfThere(file)?.isSymbolicLink() ? realpathSync(file) : file;
}
