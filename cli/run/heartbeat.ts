/**
 * The heartbeat of an active run: a small file in its folder with process and host, rewritten every few seconds and
 * removed at the end. A run that was killed leaves a stale file.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { parseJson } from '../../src/json.ts';
import { parserOf } from '../../src/records/parser.ts';
import type { Running } from '../../src/records/running.ts';
import { writeWhole } from '../files/write-whole.ts';

const beatMs = 5_000;

/** After this time without a beat the run is dead, even if another process has its id. */
const staleMs = 60_000;

const fileIn = (folder: string): string => join(folder, 'running.json');

/**
 * Returns the function that stops it. If the file cannot be written, `failed` is called once and the heartbeat stops.
 */
export function startHeartbeat(folder: string, failed: (error: unknown) => void): () => void {
  const file = fileIn(folder);
  let beating: NodeJS.Timeout | undefined;
  const beat = (): void => {
    const facts: Running = { pid: process.pid, host: hostname(), at: new Date().toISOString() };
    try {
      writeWhole(file, `${JSON.stringify(facts)}\n`);
      beating ??= setInterval(beat, beatMs).unref();
    } catch (error) {
      clearInterval(beating);
      failed(error);
    }
  };
  beat();
  return () => {
    clearInterval(beating);
    try {
      rmSync(file, { force: true });
    } catch {
      // It becomes stale, like that of a run that was killed.
    }
  };
}

/** Describes the process that runs in the folder; undefined if there is none, or if the folder is a partial copy. */
export function activeProcessIn(folder: string): string | undefined {
  const file = fileIn(folder);
  const read = parserOf('running')(existsSync(file) ? parseJson(readFileSync(file, 'utf8')) : undefined);
  if (read.is === 'invalid') return undefined;
  const { pid, host, at } = read.value;
  const silent = Date.now() - Date.parse(at);
  if (!(silent < staleMs)) return undefined;
  if (host === hostname() && !isAlive(pid)) return undefined;
  return `process ${pid} on ${host}, last heartbeat ${Math.max(0, Math.round(silent / 1000))} s ago`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists and belongs to another user.
    return (error as { readonly code?: unknown }).code === 'EPERM';
  }
}
