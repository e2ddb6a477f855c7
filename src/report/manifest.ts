/** `manifest.json`: the files of a run folder with their hashes; and the names of the files derived from it. */
import { parseJson } from '../json.ts';
import type { Manifest, ManifestEntry } from '../records/manifest.ts';
import { parserOf } from '../records/parser.ts';

export const manifestFile = 'manifest.json';
export const statementFile = 'statement.json';
export const signatureFile = 'statement.json.sig';

/** Files that the manifest does not list: itself, files derived from it, and the file that exists only during a run. */
export const unlisted: ReadonlySet<string> = new Set([manifestFile, statementFile, signatureFile, 'running.json']);

export function formatManifest(files: readonly ManifestEntry[]): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
  const manifest: Manifest = { format: 'openstack-conformance/manifest', formatVersion: 1, files: sorted };
  return `${JSON.stringify(manifest, null, 1)}\n`;
}

export type ReadManifest =
  { readonly is: 'read'; readonly files: readonly ManifestEntry[] } | { readonly is: 'damaged'; readonly why: string };

export function readManifest(text: string): ReadManifest {
  const parsed = parserOf('manifest')(parseJson(text));
  if (parsed.is === 'invalid') return { is: 'damaged', why: `expected at "${parsed.pointer}": ${parsed.expected}` };
  const { files } = parsed.value;
  const outside = files.find(({ path }) => leavesFolder(path));
  return outside ? { is: 'damaged', why: `${outside.path} is outside the folder` } : { is: 'read', files };
}

function leavesFolder(path: string): boolean {
  return path.startsWith('/') || path.split(/[/\\]/).includes('..');
}
