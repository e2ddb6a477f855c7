/** One whole run on a simulator in its own process, by way of a front, and what it came to. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOptions } from '../../bench/identity-options.ts';
import { mainFile } from '../../bench/measure.ts';
import { simulatedRoles, startSimulator } from '../../bench/simulator-apart.ts';
import type { RunReport } from '../../src/report/record.ts';
import { startHostileTarget } from '../hostile/hostile-target.ts';
import { everywhere } from '../hostile/places.ts';
import type { Row } from './rows.ts';

export interface Outcome {
  readonly row: Row;
  readonly code: number | null;
  readonly seconds: number;
  /** Missing when nothing was run. */
  readonly report?: RunReport;
  /** Exit code of `verify`. */
  readonly verified: number | null;
}

const paceMs = 20;

export async function runWhole(row: Row, output: string, more: readonly string[]): Promise<Outcome> {
  const place = join(output, row.id);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const traits = (row.traits ?? []).flatMap((trait) => ['--trait', trait]);
  const simulator = await startSimulator(place, paceMs, traits);
  const known = readFileSync(simulator.env.OS_CLIENT_CONFIG_FILE ?? '', 'utf8');
  const [behind = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(known) ?? [];
  const unchanged = { where: everywhere, conduct: (asked) => asked.carryOut() } satisfies Row['front'];
  const front = await startHostileTarget(row.front ?? unchanged, behind);
  const clouds = join(place, 'clouds.yaml');
  writeFileSync(clouds, known.replaceAll(behind, front.origin));
  const folder = join(place, 'run');
  const startedAt = performance.now();
  try {
    const args = ['run', ...identityOptions(simulatedRoles), ...(row.args ?? []), ...more, '--output', folder];
    const code = await command(args, place, { OS_CLIENT_CONFIG_FILE: clouds });
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const verified = await command(['verify', folder], place, {});
    const report = reportIn(folder);
    return { row, code, seconds, verified, ...(report && { report }) };
  } finally {
    await front.close();
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

/** What it says stands in `run.txt` or `verify.txt` of the place. */
async function command(args: readonly string[], place: string, env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [mainFile, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  writeFileSync(join(place, `${args[0]}.txt`), said);
  return code;
}
