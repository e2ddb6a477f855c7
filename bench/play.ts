/** Lets the entries run, in rounds: what changes on the machine meanwhile meets all of them alike. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry, Place } from './entries.ts';
import { BenchError } from './errors.ts';
import { identityOptions } from './identity-options.ts';
import type { Command, Usage } from './measure.ts';
import { simulatedRoles, startSimulator } from './simulator-apart.ts';

export interface Play {
  readonly entries: readonly Entry[];
  /** All there are, for those that others work on. */
  readonly known: readonly Entry[];
  readonly runs: number;
  /** Each entry has a folder in it. */
  readonly folder: string;
  readonly reference: string;
  readonly cloud: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** @throws BenchError */
  readonly measure: (command: Command) => Promise<Usage>;
  readonly tell: (line: string) => void;
  /** Asked between two commands. */
  readonly isStopped: () => boolean;
}

export interface Played {
  /** By entry, then by reading: a value for each run. */
  readonly values: ReadonlyMap<string, readonly (readonly number[])[]>;
  /** Sentences by entry. */
  readonly failed: ReadonlyMap<string, string>;
}

export async function playAll(play: Play): Promise<Played> {
  const values = new Map<string, readonly (readonly number[])[]>();
  const failed = new Map<string, string>();
  for (let round = 1; round <= play.runs; round++) {
    for (const entry of play.entries.filter(({ name }) => !failed.has(name))) {
      if (play.isStopped()) throw new BenchError('It was stopped before its end; nothing is told.');
      try {
        const read = await playOne(play, entry, `${round} of ${play.runs}, ${entry.name}`);
        values.set(
          entry.name,
          read.map((value, index) => [...(values.get(entry.name)?.[index] ?? []), value]),
        );
      } catch (error) {
        if (!(error instanceof BenchError)) throw error;
        failed.set(entry.name, error.message);
        values.delete(entry.name);
        play.tell(`${entry.name}: ${error.message}`);
      }
    }
  }
  return { values, failed };
}

async function playOne(play: Play, entry: Entry, words: string): Promise<readonly number[]> {
  const source = play.known.find(({ name }) => name === entry.worksOn);
  const run = join(play.folder, (source ?? entry).name, 'run');
  if (source && !existsSync(run)) {
    play.tell(`before ${entry.name}: ${source.name}`);
    await perform(play, source, run);
  }
  const usage = await perform(play, entry, run);
  play.tell(`${words}: ${(usage.wallMs / 1000).toFixed(1)} s`);
  return entry.readings.map(({ read }) => read({ ...usage, run }));
}

async function perform(play: Play, { name, needs, args, exitCodes = [0] }: Entry, run: string): Promise<Usage> {
  const folder = join(play.folder, name);
  const command = (place: Pick<Place, 'cloud'>, env: Play['env']): Promise<Usage> =>
    play.measure({ args: args({ run, reference: play.reference, ...place }), env, folder, exitCodes });
  if (needs === 'cloud') return command({ cloud: play.cloud }, play.env);
  if (needs !== 'simulator') return command({ cloud: [] }, withoutCloud(play.env));
  const simulator = await startSimulator(play.folder, embeddedPace);
  try {
    return await command({ cloud: identityOptions(simulatedRoles) }, { ...withoutCloud(play.env), ...simulator.env });
  } finally {
    await simulator.stop();
  }
}

/** That of the cloud which `run` starts for itself. */
const embeddedPace = 5;

/** Nobody's cloud: with OS_CLOUD and its like a run would go there. */
function withoutCloud(env: Play['env']): Play['env'] {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('OS_')));
}
