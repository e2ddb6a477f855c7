/** Are the files of a folder those that its manifest lists? */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { printable } from '../../src/report/printable.ts';
import { manifestFile, readManifest } from '../../src/report/manifest.ts';
import { filesOf } from '../run/seal-folder.ts';

export type Outcome = { readonly refused: string } | { readonly told: string };

export function checkFiles(folder: string): Outcome {
  const odd = oddFile(folder);
  if (odd !== undefined) return { refused: `${printable(odd)} is no plain file; a run folder holds nothing else.` };
  const listed = readManifest(readFileSync(join(folder, manifestFile), 'utf8'));
  if (!listed) return { refused: `${manifestFile} is no manifest of a run folder.` };
  const there = new Map(filesOf(folder).map((file) => [file.path, file]));
  for (const { path, sha256 } of listed) {
    const file = there.get(path);
    if (!file) return { refused: `${printable(path)} is missing; the manifest lists it.` };
    if (file.sha256 !== sha256)
      return { refused: `${printable(path)} was changed after the run: its SHA-256 is not that of the manifest.` };
  }
  const known = new Set(listed.map(({ path }) => path));
  const stranger = [...there.keys()].find((path) => !known.has(path));
  if (stranger !== undefined)
    return { refused: `${printable(stranger)} was added after the run: the manifest does not list it.` };
  return { told: `${listed.length} files are as the manifest lists them.` };
}

/** A link, a pipe or a device: what it leads to is not in the folder. */
function oddFile(folder: string): string | undefined {
  const odd = readdirSync(folder, { recursive: true, withFileTypes: true }).find(
    (entry) => !entry.isFile() && !entry.isDirectory(),
  );
  return odd && relative(folder, join(odd.parentPath, odd.name));
}
