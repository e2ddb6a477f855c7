/** One kill: a run until its point is reached, what it left, `cleanup`, and what is left then. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createLedger, readLedger } from '../../src/resources/ledger.ts';
import type { LedgerEntry } from '../../src/records/ledger.ts';
import { differences, type Place } from './place.ts';
import type { Point } from './points.ts';

export interface Play {
  readonly place: Place;
  readonly output: string;
  readonly include: readonly string[];
}

export interface Row {
  readonly number: number;
  readonly point: string;
  readonly phase: string;
  /** Of the run, on the target, by name. */
  readonly before: number;
  readonly after: number;
  readonly bystanders: 'same' | 'changed';
  readonly cleanup: number | null;
  readonly held: 'yes' | 'no' | 'not reached';
  readonly why: string;
  readonly seconds: number;
}

const main = join(import.meta.dirname, '../../cli/main.js');

/** A whole run, for its ledger. */
export async function rehearse(play: Play): Promise<readonly LedgerEntry[]> {
  const folder = join(play.output, 'whole');
  rmSync(folder, { recursive: true, force: true });
  await ended(start(play, runArguments(play, folder)));
  return ledgerIn(folder);
}

export async function playPoint(play: Play, point: Point, number: number): Promise<Row> {
  const { place } = play;
  const folder = join(play.output, `point-${number}`);
  rmSync(folder, { recursive: true, force: true });
  const startedAt = performance.now();
  const others = await place.others('osc-');
  const killed = await killAt(play, point, folder);
  const name = runNameIn(folder);
  const before = await place.named(name);
  const phase = phaseOf(ledgerIn(folder));
  const cleaned = start(play, ['cleanup', folder, ...place.options]);
  let said = '';
  cleaned.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await ended(cleaned);
  const after = await place.named(name);
  const changed = differences(others, await place.others('osc-'));
  const ledger = ledgerOf(folder);
  const why = [
    ...(after.length > 0 ? [`left: ${after.join(' ')}`] : []),
    ...ledger.owned().map(({ type, id }) => `the ledger still has ${type} ${id}`),
    ...(code === 0 ? [] : [`cleanup ended with ${code}: ${said.trim()}`]),
    ...changed,
  ];
  return {
    number,
    point: point.words,
    phase,
    before: before.length,
    after: after.length,
    bystanders: changed.length === 0 ? 'same' : 'changed',
    cleanup: code,
    held: why.length > 0 ? 'no' : killed ? 'yes' : 'not reached',
    why: why.join('; '),
    seconds: Math.round((performance.now() - startedAt) / 1000),
  };
}

/** False when the run ended before. */
async function killAt(play: Play, point: Point, folder: string): Promise<boolean> {
  const run = start(play, runArguments(play, folder));
  const end = ended(run);
  let over = false;
  void end.then(() => (over = true));
  while (!over && !point.reached(ledgerIn(folder))) await pause(2);
  const killed = !over && run.kill('SIGKILL');
  await end;
  return killed && run.signalCode === 'SIGKILL';
}

function runArguments({ place, include }: Play, folder: string): readonly string[] {
  const globs = include.flatMap((glob) => ['--include', glob]);
  return ['run', ...place.options, ...globs, '--output', folder, '--reporter', 'json'];
}

function start({ place }: Play, args: readonly string[]): ChildProcess {
  const env = { ...process.env, ...place.env };
  return spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
}

function ended(child: ChildProcess): Promise<number | null> {
  child.stderr?.resume();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  });
}

function ledgerIn(folder: string): readonly LedgerEntry[] {
  const file = join(folder, 'ledger.ndjson');
  return existsSync(file) ? readLedger(readFileSync(file, 'utf8')) : [];
}

function ledgerOf(folder: string) {
  return createLedger(
    () => undefined,
    () => '',
    ledgerIn(folder),
  );
}

function runNameIn(folder: string): string {
  const [first = ''] = readFileSync(join(folder, 'journal.ndjson'), 'utf8').split('\n');
  return (JSON.parse(first) as { readonly run: { readonly name: string } }).run.name;
}

function phaseOf(entries: readonly LedgerEntry[]): string {
  const ledger = createLedger(
    () => undefined,
    () => '',
    entries,
  );
  const open = ledger.unsettled().length;
  const removed = entries.filter(({ event }) => event === 'removed').length;
  return `${open} open, ${ledger.owned().length} there, ${removed} removed`;
}
