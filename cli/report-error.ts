/** Reports an error at the end of a command: sentences on stderr and an exit code, no stack trace. */
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

/** Errors whose message may quote the target. */
const repeatsTarget: ReadonlySet<string> = new Set(['sign-in', 'discovery', 'endpoint']);

/** Errors of the operating system, by code. */
const systemErrors: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EADDRINUSE: 'the port is in use; pass another port, or 0 for a free one',
  EADDRNOTAVAIL: 'the address does not belong to this machine',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'it already exists',
  EISDIR: 'it is a folder, but a file is needed',
  EMFILE: 'too many files are open',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'no space is left on the device',
  EPIPE: 'the reader closed the pipe',
  ENOTDIR: 'a part of the path is not a folder',
  ENOTEMPTY: 'the folder is not empty',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
};

/** The environment variable that makes an internal error show its stack trace. */
export const stackVariable = 'OPENSTACK_CONFORMANCE_STACK';

/** Writes to stderr; returns the exit code. */
export function reportError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  const plain = error instanceof Error && typeof code === 'string' && plainErrors.has(code);
  const text = `openstack-conformance: ${plain ? error.message : describeUnexpected(error)}`;
  const parts = plain && repeatsTarget.has(code) ? [text] : text.split('\n');
  process.stderr.write(parts.map((line) => `${printable(line, 1_000)}\n`).join(''));
  return exitCodes.usage;
}

function describeUnexpected(error: unknown): string {
  const { code, path, port, address } = (error ?? {}) as Readonly<Partial<Record<string, unknown>>>;
  const why = typeof code === 'string' ? systemErrors[code] : undefined;
  const place = typeof address === 'string' && typeof port === 'number' ? `${address}:${port}` : undefined;
  const what = typeof path === 'string' ? path : place;
  if (why !== undefined && typeof code === 'string') return `${what === undefined ? '' : `${what}: `}${why} (${code}).`;
  if (process.env[stackVariable] && error instanceof Error) return error.stack ?? error.message;
  const message = error instanceof Error ? error.message : String(error);
  return `Internal error, please report it: ${message}\nSet ${stackVariable}=1 to see the stack trace.`;
}

/**
 * When the reader of stdout closes the pipe, as in `clauses | head -1`, the command continues and the rest of its
 * output is dropped. Any other write error is reported, and the exit code is not 0.
 */
export function surviveOutputErrors(): void {
  let isLost = false;
  // With `run --json`, stdout is the record of the run: a closed pipe loses it.
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

/** Handlers that shut a run down; the last one that was set is called. */
const shutdowns = new Set<() => void>();

/**
 * While a run is in progress, an uncaught error is reported and ends the run as an interrupt does. Returns the undo.
 */
export function endOrderly(end: () => void): () => void {
  shutdowns.add(end);
  return () => void shutdowns.delete(end);
}

/** An uncaught error ends the process as any other error does, after a run in progress has removed what it created. */
export function reportUncaught(): void {
  const end = (error: unknown): void => {
    const code = reportError(error);
    const last = [...shutdowns].at(-1);
    if (last) last();
    else process.exit(code);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
