/** Compares generated files with those on disk, and updates a folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Generated } from '../src/records/generated.ts';
import { makeFolder, removeFile, writeWhole } from './files/write-whole.ts';

export interface GeneratedFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Missing files, those with other content, and those that are no longer generated. */
export type Drift = Pick<Generated, 'missing' | 'changed' | 'stale'>;

/** `part` is the folder inside `folder` that contains generated files only. */
export function driftOf(files: readonly GeneratedFile[], folder: string, part: string): Drift {
  const expected = new Set(files.map(({ path }) => path));
  const missing = files.filter(({ path }) => !existsSync(join(folder, path)));
  const changed = files.filter(({ path, text }) => {
    return existsSync(join(folder, path)) && readFileSync(join(folder, path), 'utf8') !== text;
  });
  return {
    missing: missing.map(({ path }) => path),
    changed: changed.map(({ path }) => path),
    stale: jsonFilesIn(folder, part).filter((path) => !expected.has(path)),
  };
}

/** Writes what is missing or changed, and removes what is stale. */
export function writeFiles(files: readonly GeneratedFile[], folder: string, { missing, changed, stale }: Drift): void {
  const wanted = new Set([...missing, ...changed]);
  for (const { path, text } of files.filter((file) => wanted.has(file.path))) {
    makeFolder(dirname(join(folder, path)));
    writeWhole(join(folder, path), text);
  }
  for (const path of stale) removeFile(join(folder, path));
}

function jsonFilesIn(folder: string, part: string): readonly string[] {
  if (!existsSync(join(folder, part))) return [];
  return readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' })
    .map((name) => `${part}/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.json'))
    .sort();
}
