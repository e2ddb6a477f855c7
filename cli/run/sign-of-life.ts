/**
 * How others know that a run is under way: a small file in its folder with process and host, written anew every few
 * seconds and taken away at the end. A run that was killed leaves it, and it grows old.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { jsonObject, jsonText, parseJson } from '../../src/json.ts';
import { writeWhole } from '../files/write-whole.ts';

const beatMs = 5_000;

/** Longer without a beat, and there is nobody, whatever has the process id now. */
const silenceMs = 60_000;

const fileIn = (folder: string): string => join(folder, 'running.json');

/** Returns what ends it. `failed` is told once when it cannot be written, and nothing is written from then on. */
export function showLife(folder: string, failed: (error: unknown) => void): () => void {
  const file = fileIn(folder);
  let beating: NodeJS.Timeout | undefined;
  const beat = (): void => {
    const facts = { pid: process.pid, host: hostname(), at: new Date().toISOString() };
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
      // It grows old, as that of a run that was killed.
    }
  };
}

/** Who is at work in the folder, as words; undefined when nobody is. A copy of journal and ledger alone does not tell. */
export function lifeIn(folder: string): string | undefined {
  const file = fileIn(folder);
  const facts = jsonObject(existsSync(file) ? parseJson(readFileSync(file, 'utf8')) : undefined);
  const { pid } = facts;
  const host = jsonText(facts.host);
  const silent = Date.now() - Date.parse(jsonText(facts.at) ?? '');
  if (typeof pid !== 'number' || host === undefined || !(silent < silenceMs)) return undefined;
  if (host === hostname() && !isAlive(pid)) return undefined;
  return `process ${pid} on ${host}, which gave a sign of life ${Math.max(0, Math.round(silent / 1000))} s ago`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one, too.
    return (error as { readonly code?: unknown }).code === 'EPERM';
  }
}
