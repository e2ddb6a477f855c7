/** One run of the real command, as a child, against a hostile target: what came out, and what it cost. */
import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseReport, RunReport } from '../../src/records/report.ts';
import { startSimulator, type Simulator } from '../../targets/simulator/index.ts';
import { temporaryFolder } from '../cli/run-child.ts';
import { filesIn } from './files-in.ts';
import { startHostileTarget } from './hostile-target.ts';
import type { Behind, Misbehaviour } from './misbehaviour.ts';

export interface HostileRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined when the process did not end by itself. */
  readonly peakMegabytes: number | undefined;
  readonly seconds: number;
  /** Missing when nothing was run. */
  readonly report?: RunReport;
  readonly cases: readonly CaseReport[];
  /** The run folder; gone when the tests of the file are over. */
  readonly folder: string;
  /** What stands in it, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** Two clauses on one act that needs a server, a volume and an attachment, at one microversion, and little patience. */
const slice = [
  ...['--include', 'compute/attach-volume#answers-200', '--include', 'compute/attach-volume#reply-has-a-body'],
  ...['--microversions', '2.60', '--timeout-factor', '0.05'],
] as const;

const main = join(import.meta.dirname, '../../dist/cli/main.js');
const preload = join(import.meta.dirname, 'peak-memory.mjs');

export async function runAgainst(misbehaviour: Misbehaviour): Promise<HostileRun> {
  const simulator = await startSimulator({ pace: 1 });
  const behind = await askBehind(simulator);
  const target = await startHostileTarget(misbehaviour, behind.origin);
  try {
    await misbehaviour.prepare?.(behind);
    const clouds = JSON.stringify(simulator.clouds.clouds).replaceAll(behind.origin, target.origin);
    const member = (JSON.parse(clouds) as Record<string, object>)['sim-demo'] ?? {};
    const run = await runCommand(temporaryFolder(), member, {}, misbehaviour.args ?? []);
    await misbehaviour.inspect?.(behind);
    return run;
  } finally {
    await target.close();
    await simulator.close();
  }
}

/**
 * Runs the slice as `member`, an entry of a clouds.yaml, in a folder of its own. `watch` is told the process when it
 * begins, and what it returns is called at the end.
 */
export async function runCommand(
  folder: string,
  member: object,
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  watch: (pid: number) => () => void = () => () => undefined,
): Promise<HostileRun> {
  const output = join(folder, 'run');
  const file = join(folder, 'clouds.yaml');
  writeFileSync(file, JSON.stringify({ clouds: { hostile: member } }));
  const inherited = Object.entries(process.env).filter(([name]) => !/^(OS_|VITEST|NODE_ENV|TEST$)/.test(name));
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', preload, main, 'run', '--os-cloud', 'hostile', '--output', output, ...slice, ...args],
    {
      cwd: folder,
      env: { ...Object.fromEntries(inherited), OS_CLIENT_CONFIG_FILE: file, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    },
  );
  const stop = watch(child.pid ?? 0);
  const [stdout, stderr, peak] = [1, 2, 3].map((pipe) => read(child.stdio[pipe]));
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...ended) => resolve(ended));
  });
  stop();
  const files = filesIn(output);
  const report = files['report.json'] === undefined ? undefined : (JSON.parse(files['report.json']) as RunReport);
  const kilobytes = peak?.() ?? '';
  return {
    code,
    signal,
    stdout: stdout?.() ?? '',
    stderr: stderr?.() ?? '',
    peakMegabytes: kilobytes === '' ? undefined : Math.round(Number(kilobytes) / 1024),
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    ...(report ? { report } : {}),
    cases: report?.cases ?? [],
    folder: output,
    files,
  };
}

function read(pipe: ChildProcess['stdio'][number] | undefined): () => string {
  const chunks: Buffer[] = [];
  pipe?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

/** Asks the embedded cloud itself, past the hostile target, as the run's own member. */
export async function askBehind({ url, clouds }: Simulator): Promise<Behind> {
  const auth: Readonly<Record<string, string>> = clouds.clouds['sim-demo']?.auth ?? {};
  const domain = { name: 'Default' };
  const user = { name: auth.username, domain, password: auth.password };
  const scope = { project: { name: auth.project_name, domain } };
  const signedIn = await fetch(`${url}/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { identity: { methods: ['password'], password: { user } }, scope } }),
  });
  const token = signedIn.headers.get('x-subject-token') ?? '';
  const facts = ((await signedIn.json()) as { token: { user: { id: string }; project: { id: string } } }).token;
  const origin = new URL(url).origin;
  return {
    origin,
    token,
    userId: facts.user.id,
    projectId: facts.project.id,
    send: async (method, path, body) => {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: { 'x-auth-token': token, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.text() };
    },
  };
}
