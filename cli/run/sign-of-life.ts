/**
 * How others know that a run is under way: a small file in its folder with process and host, written anew every few
 * seconds and taken away at the end. A run that was killed leaves it, and it grows old.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { jsonObject, jsonText, parseJson } from '../../src/json.ts';

const beatMs = 5_000;

/** Longer without a beat, and there is nobody, whatever has the process id now. */
const silenceMs = 60_000;

const fileIn = (folder: string): string => join(folder, 'running.json');

/** Returns what ends it. */
export function showLife(folder: string): () => void {
  const file = fileIn(folder);
  const beat = (): void => {
    const facts = { pid: process.pid, host: hostname(), at: new Date().toISOString() };
    // In one step, so that nobody reads half of it.
    writeFileSync(`${file}.new`, `${JSON.stringify(facts)}\n`);
    renameSync(`${file}.new`, file);
  };
  beat();
  const beating = setInterval(beat, beatMs);
  beating.unref();
  return () => {
    clearInterval(beating);
    rmSync(file, { force: true });
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
