/**
 * Where the commands of the documents are executed: a copy of the repository, built and without its tests, and a home with
 * a clouds.yaml and a key. `npx` there is this build and never the network; a build is not made again.
 */
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudsFile } from '../../targets/simulator/index.ts';
import { root } from './commands.ts';

export interface Played {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What was called of this tool, without what was added to keep it short. */
  readonly calls: readonly string[];
}

export interface Workplace {
  /** The copy of the repository. */
  readonly clone: string;
  readonly home: string;
  /** A script, in the clone or in a folder of it. */
  readonly play: (script: string, options?: PlayOptions) => Promise<Played>;
}

export interface PlayOptions {
  readonly within?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** For what serves until it is stopped: the first words on stdout that it is to be stopped at, by SIGTERM. */
  readonly until?: string;
}

export type Narrowing = readonly (readonly [pattern: string, added: readonly string[]])[];

const left = new Set(['node_modules', '.git', 'runs', 'tests']);

/** In `folder`, which is empty. */
export function makeWorkplace(folder: string, clouds: CloudsFile, narrowing: Narrowing): Workplace {
  const clone = join(folder, 'clone');
  mkdirSync(clone);
  for (const name of readdirSync(root).filter((one) => !left.has(one))) {
    cpSync(join(root, name), join(clone, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  const file = join(clone, 'package.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"build": ".*"/, '"build": "true"'));
  const home = join(folder, 'home');
  mkdirSync(join(home, '.config/openstack'), { recursive: true });
  writeFileSync(join(home, '.config/openstack/clouds.yaml'), JSON.stringify(clouds), { mode: 0o600 });
  const env = { ...environment(folder, clone, home, narrowing), CLOUDS_YAML: JSON.stringify(clouds) };
  return { clone, home, play: (script, options = {}) => play(script, clone, env, options) };
}

function environment(folder: string, clone: string, home: string, narrowing: Narrowing): Record<string, string> {
  const programs = join(folder, 'bin');
  mkdirSync(programs);
  const main = `exec '${process.execPath}' '${join(clone, 'dist/cli/main.js')}' "$@"`;
  const npx = [
    '[ "$1" != --yes ] || shift',
    '[ "$1" != --package ] || shift 2',
    'case $1 in openstack-conformance*) shift ;; *) exit 127 ;; esac',
    main,
  ];
  for (const [name, lines] of Object.entries({ npx, 'openstack-conformance': [main] })) {
    writeFileSync(join(programs, name), ['#!/bin/sh', ...lines, ''].join('\n'));
    chmodSync(join(programs, name), 0o755);
  }
  symlinkSync(process.execPath, join(programs, 'node'));
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(OS_|VITEST|NODE_|TEST$|XDG_|npm_|CI_)/.test(name),
  );
  return {
    ...(Object.fromEntries(inherited) as Record<string, string>),
    HOME: home,
    TMPDIR: folder,
    PATH: `${programs}:${process.env.PATH ?? ''}`,
    NODE_OPTIONS: `--import=${join(import.meta.dirname, 'narrow-calls.mjs')}`,
    DOCUMENT_NARROWING: JSON.stringify(narrowing),
    DOCUMENT_CALLS: join(folder, 'calls'),
    // What the templates for CI systems take from their system.
    OPENSTACK_CONFORMANCE: 'openstack-conformance.tgz',
    GITHUB_ACTION_PATH: clone,
    npm_config_update_notifier: 'false',
    npm_config_offline: 'true',
  };
}

function play(script: string, clone: string, env: Record<string, string>, options: PlayOptions): Promise<Played> {
  const { within = '.', until } = options;
  const notes = env.DOCUMENT_CALLS ?? '';
  writeFileSync(notes, '');
  const child = spawn('bash', ['-e', '-c', script], {
    cwd: join(clone, within),
    env: { ...env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    if (until !== undefined && stdout.includes(until)) child.kill('SIGTERM');
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const calls = readFileSync(notes, 'utf8')
        .split('\n')
        .filter((line) => line !== '');
      resolve({ code, stdout, stderr, calls: calls.map((line) => (JSON.parse(line) as { call: string }).call) });
    });
  });
}
