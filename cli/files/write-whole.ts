/** Writes a file completely or not at all: to a temporary file in the same folder, which is then renamed. */
import { realpathSync } from 'node:fs';
import { dirname, join, basename } from 'node:path';
import { fileSystem, type FileSystem } from './file-system.ts';
import { lstatIfThere } from './stat-if-there.ts';
import { asWriteError } from './write-error.ts';

/** @throws WriteError; the previous content is then unchanged */
export function writeWhole(file: string, text: string | Uint8Array, files: FileSystem = fileSystem): void {
  try {
    const path = resolveLink(file);
    const before = lstatIfThere(path);
    // A device or a pipe is written to, never replaced.
    if (before && !before.isFile()) return files.writeFileSync(path, text);
    const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.new`);
    try {
      files.writeFileSync(temporary, text, { flag: 'wx', ...(before && { mode: before.mode }) });
      files.renameSync(temporary, path);
    } catch (error) {
      files.rmSync(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    throw asWriteError(file, error);
  }
}

/** The same for a file that must not exist. @throws WriteError, or EEXIST unchanged */
export function writeNew(file: string, text: string, files: FileSystem = fileSystem): void {
  let isCreated = false;
  try {
    const at = files.openSync(file, 'wx');
    isCreated = true;
    files.closeSync(at);
    writeWhole(file, text, files);
  } catch (error) {
    if (isCreated) files.rmSync(file, { force: true });
    throw asWriteError(file, error);
  }
}

/** A missing file is no error. @throws WriteError */
export function removeFile(file: string, files: FileSystem = fileSystem): void {
  try {
    files.rmSync(file, { force: true });
  } catch (error) {
    throw asWriteError(file, error);
  }
}

/** Creates an empty file if there is none. @throws WriteError */
export function createIfMissing(file: string, files: FileSystem = fileSystem): void {
  try {
    files.closeSync(files.openSync(file, 'a'));
  } catch (error) {
    throw asWriteError(file, error);
  }
}

/** Creates a folder with its parents. @throws WriteError */
export function makeFolder(folder: string, files: FileSystem = fileSystem): void {
  try {
    files.mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw asWriteError(folder, error);
  }
}

/** Creates folders below an existing one, which is not created again if it was removed. @throws WriteError */
export function makeFolderIn(root: string, folder: string, files: FileSystem = fileSystem): void {
  let path = root;
  for (const part of folder.split('/').filter((name) => name !== '' && name !== '.')) {
    path = join(path, part);
    try {
      if (!lstatIfThere(path)?.isDirectory()) files.mkdirSync(path);
    } catch (error) {
      throw asWriteError(path, error);
    }
  }
}

/** Follows a link: its target is what is written. */
function resolveLink(file: string): string {
  return lstatIfThere(file)?.isSymbolicLink() ? realpathSync(file) : file;
}
