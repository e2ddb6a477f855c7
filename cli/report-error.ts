/** What an error becomes at the end of a command: sentences on stderr and an exit code, never a stack trace. */
import { CommanderError } from 'commander';
import { printable } from '../src/report/printable.ts';
import { exitCodes } from './errors.ts';

/** Errors whose message is written for the user. */
const plainErrors: ReadonlySet<string> = new Set([
  'usage',
  'write',
  'credentials',
  'sign-in',
  'discovery',
  'endpoint',
  'contract-file',
  'fact-file',
  'simulator-options',
]);

/** Errors whose message may repeat what a target said. */
const repeatsTarget: ReadonlySet<string> = new Set(['sign-in', 'discovery', 'endpoint']);

/** What the operating system refuses, by its code. */
const systemErrors: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EADDRINUSE: 'the port is in use; name another one, or 0 for a free one',
  EADDRNOTAVAIL: 'the address is not one of this machine',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'it exists already',
  EISDIR: 'it is a folder, and a file is needed',
  EMFILE: 'too many files are open',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'no space is left on the device',
  EPIPE: 'the reader left before the end',
  ENOTDIR: 'a part of the path is no folder',
  ENOTEMPTY: 'the folder is not empty',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
};

/** Shows where a defect of this program is raised. */
export const stackVariable = 'OPENSTACK_CONFORMANCE_STACK';

/** Writes to stderr; returns the exit code. */
export function reportError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  const plain = error instanceof Error && typeof code === 'string' && plainErrors.has(code);
  const text = `openstack-conformance: ${plain ? error.message : wordUnexpected(error)}`;
  const parts = plain && repeatsTarget.has(code) ? [text] : text.split('\n');
  process.stderr.write(parts.map((line) => `${printable(line, 1_000)}\n`).join(''));
  return exitCodes.usage;
}

function wordUnexpected(error: unknown): string {
  const { code, path, port, address } = (error ?? {}) as Readonly<Partial<Record<string, unknown>>>;
  const why = typeof code === 'string' ? systemErrors[code] : undefined;
  const place = typeof address === 'string' && typeof port === 'number' ? `${address}:${port}` : undefined;
  const what = typeof path === 'string' ? path : place;
  if (why !== undefined && typeof code === 'string') return `${what === undefined ? '' : `${what}: `}${why} (${code}).`;
  if (process.env[stackVariable] && error instanceof Error) return error.stack ?? error.message;
  const message = error instanceof Error ? error.message : String(error);
  return `An error of this program, please report it: ${message}\nSet ${stackVariable}=1 to see where it is raised.`;
}

/**
 * A reader that goes away, as in `clauses | head -1`, ends nothing: what is left is not written. What cannot be written for
 * another reason is reported, and the exit code is not 0.
 */
export function surviveOutputErrors(): void {
  let isLost = false;
  // Whoever asked for the record of a run has none.
  const isRecord = process.argv[2] === 'run' && process.argv.includes('--json');
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (isLost || (error.code === 'EPIPE' && !isRecord)) return;
    isLost = true;
    process.stderr.write(`openstack-conformance: stdout: ${systemErrors[error.code ?? ''] ?? error.message}.\n`);
  });
  process.stderr.on('error', () => undefined);
  process.on('exit', (code) => {
    if (isLost && (code === 0 || code === exitCodes.nonConformant)) process.exitCode = exitCodes.usage;
  });
}

/** Who brings a run to its end in good order; the last that was set is asked. */
const orderly = new Set<() => void>();

/** While a run is under way, an error that nobody catches is reported and ends the run as an interrupt does. Returns what ends that. */
export function endOrderly(end: () => void): () => void {
  orderly.add(end);
  return () => void orderly.delete(end);
}

/** What nobody catches ends the process as any other error does, once a run that is under way has removed what it made. */
export function reportUncaught(): void {
  const end = (error: unknown): void => {
    const code = reportError(error);
    const last = [...orderly].at(-1);
    if (last) last();
    else process.exit(code);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
