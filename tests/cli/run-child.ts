/** Runs the built command as a separate process in a temporary folder. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudsFile } from '../../targets/simulator/index.ts';

const main = join(import.meta.dirname, '../../dist/cli/main.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const folders: string[] = [];

/** After the tests of a file (`tests/setup.ts`). */
export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A folder that is removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'osc-test-'));
  folders.push(folder);
  return folder;
}

/** The command gets only those `OS_*` variables that the test passes. `program`: that of another package. */
export function runCli(
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
  program = main,
): Promise<Ended> {
  return startCli(args, folder, env, program).ended;
}

export interface Started {
  readonly ended: Promise<Ended>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Resolves when stderr contains the text. */
  readonly says: (text: string) => Promise<void>;
  /** The content of stdout as soon as it contains the text. @throws if it never does */
  readonly prints: (text: string) => Promise<string>;
}

/** Starts the command without waiting for its end. */
export function startCli(
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
  program = main,
): Started {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(OS_|VITEST|NODE_ENV|TEST$)/.test(name));
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), HOME: folder, XDG_CONFIG_HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  const says = (text: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!stderr.includes(text)) return;
        child.stderr.off('data', look);
        resolve();
      };
      child.stderr.on('data', look);
      look();
    });
  const prints = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (stdout.includes(text)) resolve(stdout);
      };
      child.stdout.on('data', look);
      void ended.then(({ code }) => reject(new Error(`It ended with ${code} and never printed "${text}": ${stderr}`)));
      look();
    });
  return { ended, signal: (signal) => void child.kill(signal), says, prints };
}

/** Writes a clouds.yaml, as JSON, and returns the variable that names it. */
export function cloudsIn(folder: string, clouds: CloudsFile): Readonly<Record<string, string>> {
  const file = join(folder, 'clouds.yaml');
  writeFileSync(file, JSON.stringify(clouds));
  return { OS_CLIENT_CONFIG_FILE: file };
}

/** The options for every identity other than the member, on the embedded cloud. */
export const otherIdentities: readonly string[] = [
  ...['--reader', 'sim-demo-reader', '--other', 'sim-alt'],
  ...['--admin', 'sim-admin', '--service', 'sim-demo-service'],
];
