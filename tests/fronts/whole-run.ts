/** Runs all clauses through a proxy against a simulator in a separate process. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOptions } from '../../bench/identity-options.ts';
import { mainFile } from '../../bench/measure.ts';
import { simulatedRoles, startSimulator } from '../../bench/simulator-apart.ts';
import type { RunReport } from '../../src/records/report.ts';
import { startHostileTarget } from '../hostile/hostile-target.ts';
import { everywhere } from '../hostile/places.ts';
import type { Row } from './rows.ts';

export interface Outcome {
  readonly row: Row;
  readonly code: number | null;
  readonly seconds: number;
  /** Missing if the run wrote no report. */
  readonly report?: RunReport;
  /** Exit code of `verify`. */
  readonly verified: number | null;
}

const paceMs = 20;

export async function runWhole(row: Row, output: string, extra: readonly string[]): Promise<Outcome> {
  const folder = join(output, row.id);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const traits = (row.traits ?? []).flatMap((trait) => ['--trait', trait]);
  const simulator = await startSimulator(folder, paceMs, traits);
  const simulatorClouds = readFileSync(simulator.env.OS_CLIENT_CONFIG_FILE ?? '', 'utf8');
  const [behind = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(simulatorClouds) ?? [];
  const unchanged = { where: everywhere, respond: (asked) => asked.carryOut() } satisfies Row['proxy'];
  const proxy = await startHostileTarget(row.proxy ?? unchanged, behind);
  const clouds = join(folder, 'clouds.yaml');
  writeFileSync(clouds, simulatorClouds.replaceAll(behind, proxy.origin));
  const runFolder = join(folder, 'run');
  const startedAt = performance.now();
  try {
    const args = ['run', ...identityOptions(simulatedRoles), ...(row.args ?? []), ...extra, '--output', runFolder];
    const code = await command(args, folder, { OS_CLIENT_CONFIG_FILE: clouds });
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const verified = await command(['verify', runFolder], folder, {});
    const report = reportIn(runFolder);
    return { row, code, seconds, verified, ...(report && { report }) };
  } finally {
    await proxy.close();
    await simulator.stop();
  }
}

function reportIn(folder: string): RunReport | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as RunReport;
  } catch {
    return undefined;
  }
}

/** Writes the output to `run.txt` or `verify.txt` in the folder. */
async function command(args: readonly string[], folder: string, env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [mainFile, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  writeFileSync(join(folder, `${args[0]}.txt`), text);
  return code;
}
