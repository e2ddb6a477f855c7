/** The embedded cloud as a separate process, by the verb `simulator`; it can be restarted with other faults. */
import { createServer, type AddressInfo } from 'node:net';
import { startCli, type Started } from '../cli/run-child.ts';

export interface CloudProcess {
  /** The variables with which the command finds it as `sim-demo`. */
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

const running = new Set<Started>();

/** After every test (`tests/setup.ts`). */
export async function stopCloudProcesses(): Promise<void> {
  for (const one of running) one.signal('SIGTERM');
  await Promise.all([...running].map(({ ended }) => ended));
  running.clear();
}

/** Stopped at the end of the test at the latest. */
export async function cloudProcess(
  folder: string,
  port: number,
  faults: readonly string[] = [],
): Promise<CloudProcess> {
  const options = ['--port', String(port), '--pace', '20', ...faults.flatMap((fault) => ['--fault', fault])];
  const process = startCli(['simulator', ...options], folder, { TMPDIR: folder });
  running.add(process);
  const [, file = ''] = /^export OS_CLIENT_CONFIG_FILE=(.+)$/m.exec(await process.prints('server list')) ?? [];
  return {
    env: { OS_CLIENT_CONFIG_FILE: file },
    stop: async () => {
      running.delete(process);
      process.signal('SIGTERM');
      await process.ended;
    },
  };
}

/** A port on which no process listens. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
