/** A cloud with a run's identities, as seen by its projects themselves; a simulator in its own process where none is named. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { identities, type Identity } from '../../src/conformance/clause.ts';
import { findCredentials } from '../../cli/run/find-credentials.ts';
import { enter, type Visitor } from './visitor.ts';

export interface Place {
  /** Of `run` and `cleanup`. */
  readonly options: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly makeBystanders: () => Promise<void>;
  /** What carries a run's name, `type name` each. */
  readonly named: (run: string) => Promise<readonly string[]>;
  /** All that does not begin with the prefix, as the API shows it: text by type and id. */
  readonly others: (prefix: string) => Promise<ReadonlyMap<string, string>>;
  readonly close: () => Promise<void>;
}

const simulated: Readonly<Partial<Record<Identity, string>>> = {
  member: 'sim-demo',
  reader: 'sim-demo-reader',
  other: 'sim-alt',
  admin: 'sim-admin',
  service: 'sim-demo-service',
};

export async function openPlace(named: Readonly<Partial<Record<Identity, string>>>, output: string): Promise<Place> {
  const own = named.member === undefined;
  const clouds = own ? simulated : named;
  const simulator = own ? await startSimulator(output) : undefined;
  const env: Readonly<Record<string, string>> = simulator ? { OS_CLIENT_CONFIG_FILE: simulator.file } : {};
  const visitors = await visitorsOf(clouds, env);
  const things = async () => (await Promise.all(visitors.map((visitor) => visitor.things()))).flat();
  return {
    options: identities.flatMap((role) => {
      const cloud = clouds[role];
      return cloud === undefined ? [] : [role === 'member' ? '--os-cloud' : `--${role}`, cloud];
    }),
    env,
    makeBystanders: async () => void (await Promise.all(visitors.map((visitor) => visitor.make()))),
    named: async (run) =>
      (await things()).flatMap(({ type, name }) => (name.startsWith(`${run}-`) ? [`${type} ${name}`] : [])),
    others: async (prefix) =>
      new Map(
        (await things()).flatMap(({ type, id, name, shown }) =>
          name.startsWith(prefix) ? [] : [[`${type} ${id}`, shown] as const],
        ),
      ),
    close: async () => {
      await Promise.all(visitors.map((visitor) => visitor.leave()));
      await simulator?.stop();
    },
  };
}

/** Sentences about what is not as it was. */
export function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  return [...before].flatMap(([key, shown]) => {
    const now = after.get(key);
    if (now === undefined) return [`somebody's ${key} is gone`];
    return now === shown ? [] : [`somebody's ${key} was ${shown} and is ${now}`];
  });
}

/** The member of each project; what they see together is all that the run can reach. */
async function visitorsOf(
  clouds: Readonly<Partial<Record<Identity, string>>>,
  env: Readonly<Record<string, string>>,
): Promise<readonly Visitor[]> {
  const before = process.env.OS_CLIENT_CONFIG_FILE;
  Object.assign(process.env, env);
  const { member, other } = findCredentials(clouds, { member: {}, everybody: {} });
  if (before === undefined) delete process.env.OS_CLIENT_CONFIG_FILE;
  else process.env.OS_CLIENT_CONFIG_FILE = before;
  return Promise.all([member, other].flatMap((credentials) => (credentials ? [enter(credentials)] : [])));
}

interface Simulated {
  readonly file: string;
  readonly stop: () => Promise<void>;
}

/** The simulator verb, until it is stopped. */
function startSimulator(output: string): Promise<Simulated> {
  const main = join(import.meta.dirname, '../../cli/main.js');
  const child = spawn(process.execPath, [main, 'simulator', '--pace', '50'], {
    cwd: mkdtempSync(join(output, 'simulator-')),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await closed;
  };
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('error', reject);
    void closed.then(() => reject(new Error('The simulator did not start.')));
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const file = /^export OS_CLIENT_CONFIG_FILE=(.+)$/m.exec(said)?.[1];
      if (file !== undefined) resolve({ file, stop });
    });
  });
}
