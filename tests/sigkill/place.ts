/** A cloud with a run's identities, as seen by its projects themselves; a simulator in its own process where none is named. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { findCredentials } from '../../cli/run/find-credentials.ts';
import { identityOptions, type Roles } from '../../bench/identity-options.ts';
import { simulatedRoles, startSimulator } from '../../bench/simulator-apart.ts';
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

export async function openPlace(named: Roles, output: string): Promise<Place> {
  const own = named.member === undefined;
  const clouds = own ? simulatedRoles : named;
  const simulator = own ? await startSimulator(mkdtempSync(join(output, 'simulator-')), 50) : undefined;
  const env: Readonly<Record<string, string>> = simulator?.env ?? {};
  const visitors = await visitorsOf(clouds, env);
  const things = async () => (await Promise.all(visitors.map((visitor) => visitor.things()))).flat();
  return {
    options: identityOptions(clouds),
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
async function visitorsOf(clouds: Roles, env: Readonly<Record<string, string>>): Promise<readonly Visitor[]> {
  const before = process.env.OS_CLIENT_CONFIG_FILE;
  Object.assign(process.env, env);
  const { member, other } = findCredentials(clouds, { member: {}, common: {} });
  if (before === undefined) delete process.env.OS_CLIENT_CONFIG_FILE;
  else process.env.OS_CLIENT_CONFIG_FILE = before;
  return Promise.all([member, other].flatMap((credentials) => (credentials ? [enter(credentials)] : [])));
}
