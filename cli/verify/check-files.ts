/** Are the files of a folder those that its manifest lists? */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestFile, readManifest } from '../../src/report/manifest.ts';
import { filesOf } from '../run/seal-folder.ts';

export type Outcome = { readonly refused: string } | { readonly told: string };

export function checkFiles(folder: string): Outcome {
  const listed = readManifest(readFileSync(join(folder, manifestFile), 'utf8'));
  if (!listed) return { refused: `${manifestFile} is no manifest of a run folder.` };
  const there = new Map(filesOf(folder).map((file) => [file.path, file]));
  for (const { path, sha256 } of listed) {
    const file = there.get(path);
    if (!file) return { refused: `${path} is missing; the manifest lists it.` };
    if (file.sha256 !== sha256)
      return { refused: `${path} was changed after the run: its SHA-256 is not that of the manifest.` };
  }
  const known = new Set(listed.map(({ path }) => path));
  const stranger = [...there.keys()].find((path) => !known.has(path));
  if (stranger !== undefined) return { refused: `${stranger} was added after the run: the manifest does not list it.` };
  return { told: `${listed.length} files are as the manifest lists them.` };
}
