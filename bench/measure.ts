/** Measures one command as a process, from start to exit: wall time, CPU time and memory. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../cli/package-root.ts';
import { visible } from '../src/report/printable.ts';
import { BenchError } from './errors.ts';

export interface Command {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Used by this command only; earlier contents are removed. */
  readonly folder: string;
  readonly exitCodes: readonly number[];
}

export interface Usage {
  readonly wallMs: number;
  /** User and system time of all its processes. */
  readonly cpuMs: number;
  /** The sum of the peak resident memory of all its processes. */
  readonly peakBytes: number;
  /** Its stdout. */
  readonly output: string;
}

export const mainFile = join(packageRoot, 'dist/cli/main.js');
const accountModule = pathToFileURL(join(packageRoot, 'bench/account.mjs')).href;

/** @throws BenchError when it does not exit as expected: the measurement would be meaningless */
export async function measure({ args, env, folder, exitCodes }: Command): Promise<Usage> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const file = (name: string): string => join(folder, name);
  const outputs = ['stdout', 'stderr'].map((name) => openSync(file(name), 'w'));
  const startedAt = performance.now();
  const child = spawn(process.execPath, [mainFile, ...args], {
    env: { ...env, NODE_OPTIONS: nodeOptions(env), BENCH_ACCOUNT: file('account') },
    stdio: ['ignore', ...outputs],
  });
  // Ctrl-C reaches the command directly and ends it cleanly; a SIGTERM is forwarded to it.
  const forward = (): void => void child.kill('SIGTERM');
  process.on('SIGTERM', forward);
  const ended = await new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'nothing'));
  });
  const wallMs = performance.now() - startedAt;
  process.off('SIGTERM', forward);
  outputs.forEach(closeSync);
  if (typeof ended === 'string' || !exitCodes.includes(ended)) {
    throw new BenchError(
      `openstack-conformance ${args.join(' ')} exited with ${ended} instead of ${exitCodes.join(' or ')}: ` +
        (lastLines(file('stderr')) || lastLines(file('stdout')) || 'it printed nothing'),
    );
  }
  return { wallMs, ...accountIn(file('account'), child.pid), output: readFileSync(file('stdout'), 'utf8') };
}

function nodeOptions({ NODE_OPTIONS: before }: Command['env']): string {
  return [...(before ? [before] : []), `--import=${accountModule}`].join(' ');
}

interface Line {
  readonly pid: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
}

function accountIn(file: string, pid: number | undefined): Pick<Usage, 'cpuMs' | 'peakBytes'> {
  const texts = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  const lines = texts.map((text) => JSON.parse(text) as Line);
  if (!lines.some((line) => line.pid === pid)) throw new BenchError('The command reported no CPU time and memory.');
  const sum = (key: 'cpuMs' | 'peakBytes'): number => lines.reduce((total, line) => total + line[key], 0);
  return { cpuMs: sum('cpuMs'), peakBytes: sum('peakBytes') };
}

function lastLines(file: string): string {
  return visible(readFileSync(file, 'utf8').trim().split('\n').slice(-5).join('\n'));
}
