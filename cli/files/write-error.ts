/** A file that could not be written: which one, why, and what to do, one sentence each. */
import { printable } from '../../src/report/printable.ts';

/** Exit code 3; 2 for a run that has started its cases. */
export class WriteError extends Error {
  readonly code = 'write';
  readonly file: string;

  constructor(file: string, cause: NodeJS.ErrnoException) {
    const code = cause.code ?? cause.name;
    const [reason, remedy] = known[code] ?? [cause.message, 'Check the file system, or choose another folder.'];
    super(`Cannot write ${printable(file)}: ${reason} (${code}). ${remedy}`, { cause });
    this.file = file;
  }
}

/** Wraps an error of the file system in a `WriteError`; returns any other error unchanged. */
export function asWriteError(file: string, error: unknown): unknown {
  return isSystemError(error) ? new WriteError(file, error) : error;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && !(error instanceof WriteError);
}

type Words = readonly [reason: string, remedy: string];

const another = 'or choose another folder';

const known: Readonly<Record<string, Words>> = {
  ENOSPC: ['no space is left on the device', `Free some space, ${another}.`],
  EDQUOT: ['the disk quota is used up', `Free some space, ${another}.`],
  EFBIG: ['the file would be larger than allowed', `Raise the limit (ulimit -f), ${another}.`],
  EROFS: ['the file system is read-only', `Mount it with write access, ${another}.`],
  EACCES: ['permission is denied', `Change the permissions, ${another}.`],
  EPERM: ['the operation is not permitted', `Change the permissions, ${another}.`],
  EIO: ['the device reports an input/output error', `Check the disk, ${another}.`],
  ENOENT: [
    'the file or its folder does not exist, or was removed or renamed',
    `Leave the folder in place while a command writes to it, ${another}.`,
  ],
  ENOTDIR: ['there is a file where a folder is needed', `Remove that file, ${another}.`],
  EISDIR: ['there is a folder where a file is needed', `Remove that folder, ${another}.`],
  EPIPE: ['the reader closed the pipe', 'Let it read all output, or write to a file.'],
  ENAMETOOLONG: ['the name is too long', 'Choose a shorter one.'],
  EMFILE: ['too many files are open', 'Raise the limit (ulimit -n).'],
  ENFILE: ['too many files are open on this machine', 'Close other programs.'],
};
