/**
 * Writes the manifest of a run folder and the statement about it. A change invalidates and removes an earlier
 * signature.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { formatManifest, manifestFile, signatureFile, statementFile, unlisted } from '../../src/report/manifest.ts';
import type { ManifestEntry } from '../../src/records/manifest.ts';
import type { RunReport } from '../../src/records/report.ts';
import { formatStatement } from '../../src/report/statement.ts';
import { removeFile, writeWhole } from '../files/write-whole.ts';

export function sealFolder(folder: string, report: RunReport): void {
  const files = filesOf(folder);
  const manifest = formatManifest(files);
  const digests = { manifest: sha256(manifest), report: files.find(({ path }) => path === 'report.json')?.sha256 };
  const statement = formatStatement(report, digests);
  if (readIfThere(join(folder, statementFile)) !== statement) removeFile(join(folder, signatureFile));
  writeWhole(join(folder, manifestFile), manifest);
  writeWhole(join(folder, statementFile), statement);
}

/** The current files of a folder, as a manifest lists them. */
export function filesOf(folder: string): readonly ManifestEntry[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !unlisted.has(path))
    .map((path) => {
      const content = readFileSync(join(folder, path));
      return { path, sha256: sha256(content), bytes: content.length };
    });
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
