/** Runs the entries in rounds, so that changes of the machine affect all of them alike. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandContext, Entry } from './entries.ts';
import { BenchError } from './errors.ts';
import { identityOptions } from './identity-options.ts';
import type { Command, Usage } from './measure.ts';
import { simulatedRoles, startSimulator } from './simulator-apart.ts';

export interface BenchOptions {
  readonly entries: readonly Entry[];
  /** All entries, including those that others work on. */
  readonly known: readonly Entry[];
  readonly runs: number;
  /** Each entry has a folder in it. */
  readonly folder: string;
  readonly reference: string;
  readonly cloud: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** @throws BenchError */
  readonly measure: (command: Command) => Promise<Usage>;
  readonly log: (line: string) => void;
  /** Checked between two commands. */
  readonly isStopped: () => boolean;
}

export interface BenchResult {
  /** By entry, then by reading: a value for each run. */
  readonly values: ReadonlyMap<string, readonly (readonly number[])[]>;
  /** Error messages by entry. */
  readonly failed: ReadonlyMap<string, string>;
}

export async function runEntries(options: BenchOptions): Promise<BenchResult> {
  const values = new Map<string, readonly (readonly number[])[]>();
  const failed = new Map<string, string>();
  for (let round = 1; round <= options.runs; round++) {
    for (const entry of options.entries.filter(({ name }) => !failed.has(name))) {
      if (options.isStopped()) throw new BenchError('Stopped before all entries were measured; there are no results.');
      try {
        const read = await runEntry(options, entry, `${round} of ${options.runs}, ${entry.name}`);
        values.set(
          entry.name,
          read.map((value, index) => [...(values.get(entry.name)?.[index] ?? []), value]),
        );
      } catch (error) {
        if (!(error instanceof BenchError)) throw error;
        failed.set(entry.name, error.message);
        values.delete(entry.name);
        options.log(`${entry.name}: ${error.message}`);
      }
    }
  }
  return { values, failed };
}

async function runEntry(options: BenchOptions, entry: Entry, label: string): Promise<readonly number[]> {
  const source = options.known.find(({ name }) => name === entry.worksOn);
  const run = join(options.folder, (source ?? entry).name, 'run');
  if (source && !existsSync(run)) {
    options.log(`before ${entry.name}: ${source.name}`);
    await execute(options, source, run);
  }
  const usage = await execute(options, entry, run);
  options.log(`${label}: ${(usage.wallMs / 1000).toFixed(1)} s`);
  return entry.readings.map(({ read }) => read({ ...usage, run }));
}

async function execute(
  options: BenchOptions,
  { name, needs, args, exitCodes = [0] }: Entry,
  run: string,
): Promise<Usage> {
  const folder = join(options.folder, name);
  const command = (context: Pick<CommandContext, 'cloud'>, env: BenchOptions['env']): Promise<Usage> =>
    options.measure({ args: args({ run, reference: options.reference, ...context }), env, folder, exitCodes });
  if (needs === 'cloud') return command({ cloud: options.cloud }, options.env);
  if (needs !== 'simulator') return command({ cloud: [] }, withoutCloud(options.env));
  const simulator = await startSimulator(options.folder, embeddedPace);
  try {
    return await command(
      { cloud: identityOptions(simulatedRoles) },
      { ...withoutCloud(options.env), ...simulator.env },
    );
  } finally {
    await simulator.stop();
  }
}

/** The pace of the cloud that `run` starts itself. */
const embeddedPace = 5;

/** Without OS_CLOUD and similar variables, which would make a run use that cloud. */
function withoutCloud(env: BenchOptions['env']): BenchOptions['env'] {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('OS_')));
}
