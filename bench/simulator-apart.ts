/** Starts the embedded cloud in a separate process. */
import { spawn } from 'node:child_process';
import type { Roles } from './identity-options.ts';
import { mainFile } from './measure.ts';

export interface Simulated {
  /** The variable that names its clouds.yaml. */
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** The entries of its clouds.yaml by role. */
export const simulatedRoles: Roles = {
  member: 'sim-demo',
  reader: 'sim-demo-reader',
  other: 'sim-alt',
  admin: 'sim-admin',
  service: 'sim-demo-service',
};

/** `pace`: milliseconds of one asynchronous step. Writes the clouds.yaml into the folder. */
export function startSimulator(folder: string, pace: number, options: readonly string[] = []): Promise<Simulated> {
  const child = spawn(process.execPath, [mainFile, 'simulator', '--pace', `${pace}`, ...options], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await closed;
  };
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('error', reject);
    void closed.then(() => reject(new Error('The simulator did not start.')));
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const file = /^export OS_CLIENT_CONFIG_FILE=(.+)$/m.exec(output)?.[1];
      if (file !== undefined) resolve({ env: { OS_CLIENT_CONFIG_FILE: file }, stop });
    });
  });
}
