/** What the readers of the documents have when they begin: clouds, runs, keys, references and a few files. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator, type CloudEntry, type CloudsFile, type Simulator } from '../../targets/simulator/index.ts';
import type { Workplace } from './workplace.ts';

export interface Clouds {
  readonly file: CloudsFile;
  readonly simulators: readonly Simulator[];
}

/** Each name of the documents beside the user of the embedded cloud who plays that part. */
const parts: Readonly<Record<string, string>> = {
  CLOUD: 'sim-demo',
  ci: 'sim-demo',
  acme: 'sim-demo',
  'acme-reader': 'sim-demo-reader',
  'acme-other': 'sim-alt',
  'acme-admin': 'sim-admin',
  devstack: 'sim-demo',
  'devstack-alt': 'sim-alt',
  'devstack-admin': 'sim-admin',
};

/** One that keeps its promises, under every name of the documents, and one that does not, as `faulty`. */
export async function startClouds(): Promise<Clouds> {
  const correct = await startSimulator();
  const faulty = await startSimulator({ faults: ['compute/detach-volume:drop-check:attached'] });
  const named = Object.entries(parts).map(([name, user]) => [name, entryOf(correct, user)] as const);
  const clouds = { ...correct.clouds.clouds, ...Object.fromEntries(named), faulty: entryOf(faulty, 'sim-demo') };
  return { file: { clouds }, simulators: [correct, faulty] };
}

function entryOf({ clouds }: Simulator, user: string): CloudEntry {
  const entry = clouds.clouds[user];
  if (!entry) throw new Error(`The embedded cloud has no ${user}`);
  return entry;
}

const two = ['answers-202', 'refuses-a-volume-that-is-not-attached'];
const selected = two.map((name) => `--include 'compute/detach-volume#${name}'`).join(' ');

/** The same at most two at a time, each with the folders that it makes. */
const runs: readonly (readonly [folder: string, line: string])[] = [
  ['RUN', "run --include 'compute/detach-volume#answers-202' --output RUN"],
  ['A', `run --os-cloud ci ${selected} --microversions 2.1 --output A`],
  ['B', `run --os-cloud faulty ${selected} --microversions 2.1 --output B || true`],
  ...['1', '2', '3'].map((number) => [`shard-${number}`, `run --shard ${number}/3 --output shard-${number}`] as const),
];

/** Beside each run the names that it has in other places, those of the templates for CI systems included. */
const copies: Readonly<Record<string, readonly string[]>> = {
  A: ['before', 'last-release'],
  B: ['after'],
  'shard-1': ['S1', 'work/ci/github-workflow.yml/shard-1', 'work/ci/gitlab.yml/shard-1'],
  'shard-3': ['S3', 'work/ci/github-workflow.yml/shard-3', 'work/ci/gitlab.yml/shard-3'],
};
/** Made by the document itself. */
const not = ['shard-1'];

/** Runs, made once at one of the places and copied to the others. */
export async function makeRuns(places: readonly Workplace[]): Promise<void> {
  const waiting = [...runs];
  const work = async (place: Workplace): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [folder, line] = next;
      const { code, stderr } = await place.play(`npx openstack-conformance ${line}`);
      if (code !== 0) throw new Error(`${folder} could not be made: ${stderr}`);
      for (const other of places.filter((one) => one !== place))
        copy(join(place.clone, folder), join(other.clone, folder));
    }
  };
  await Promise.all(places.map(work));
  for (const { clone } of places) {
    for (const [made, names] of Object.entries(copies)) {
      for (const name of names) copy(join(clone, made), join(clone, name));
    }
    for (const name of not) rmSync(join(clone, name), { recursive: true });
  }
}

const copy = (from: string, to: string): void => cpSync(from, to, { recursive: true });

/** Keys, signers, and reference trees of two dates. */
export function makeFiles({ clone, home }: Workplace): void {
  mkdirSync(join(home, '.ssh'), { mode: 0o700 });
  const key = join(home, '.ssh/id_ed25519');
  const { status, error } = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'ada', '-f', key]);
  if (status !== 0) throw new Error('ssh-keygen is needed to execute the commands of the documents', { cause: error });
  const signers = `ada ${readFileSync(`${key}.pub`, 'utf8')}`;
  for (const name of ['FILE', 'signers']) writeFileSync(join(clone, name), signers);
  for (const name of ['DIR', 'BASE', 'OLD', 'NEW']) copyTree(join(clone, 'specs/compute'), join(clone, name));
  appendFileSync(join(clone, 'NEW/os-volume-attachments.inc'), '\n.. A later remark.\n');
}

/** The texts without our manifest. */
function copyTree(specs: string, to: string): void {
  mkdirSync(to);
  const names = readdirSync(specs).filter((name) => /\.(inc|rst)$|^parameters\.yaml$|^samples$/.test(name));
  for (const name of names) copy(join(specs, name), join(to, name));
}
