/** Checks that the files of a folder are those that its manifest lists. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { printable } from '../../src/report/printable.ts';
import { manifestFile, readManifest } from '../../src/report/manifest.ts';
import { filesOf } from '../run/seal-folder.ts';

export type Outcome = { readonly refused: string } | { readonly confirmed: string };

export function checkFiles(folder: string): Outcome {
  const odd = oddFile(folder);
  if (odd !== undefined)
    return { refused: `${printable(odd)} is not a plain file; a run folder contains plain files only.` };
  const manifest = readManifest(readFileSync(join(folder, manifestFile), 'utf8'));
  if (manifest.is === 'damaged')
    return { refused: `${manifestFile} is not the manifest of a run folder: ${printable(manifest.why)}.` };
  const listed = manifest.files;
  const present = new Map(filesOf(folder).map((file) => [file.path, file]));
  for (const { path, sha256 } of listed) {
    const file = present.get(path);
    if (!file) return { refused: `${printable(path)} is missing; the manifest lists it.` };
    if (file.sha256 !== sha256)
      return { refused: `${printable(path)} was changed after the run: its SHA-256 differs from the manifest.` };
  }
  const known = new Set(listed.map(({ path }) => path));
  const added = [...present.keys()].find((path) => !known.has(path));
  if (added !== undefined)
    return { refused: `${printable(added)} was added after the run: the manifest does not list it.` };
  return { confirmed: `${listed.length} files match the manifest.` };
}

/** A link, a pipe or a device: its content is outside the folder. */
function oddFile(folder: string): string | undefined {
  const odd = readdirSync(folder, { recursive: true, withFileTypes: true }).find(
    (entry) => !entry.isFile() && !entry.isDirectory(),
  );
  return odd && relative(folder, join(odd.parentPath, odd.name));
}
