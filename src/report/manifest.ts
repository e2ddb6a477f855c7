/** `manifest.json`: the files of a run folder with their hashes; and the names of the files derived from it. */
import { isJsonObject, jsonList, jsonText, parseJson, type Json } from '../json.ts';

export interface ManifestFile {
  /** Relative to the folder, with slashes. */
  readonly path: string;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

export const manifestFile = 'manifest.json';
export const statementFile = 'statement.json';
export const signatureFile = 'statement.json.sig';

/** Files that the manifest does not list: itself, files derived from it, and the file that exists only during a run. */
export const unlisted: ReadonlySet<string> = new Set([manifestFile, statementFile, signatureFile, 'running.json']);

const format = 'openstack-conformance/manifest';

export function formatManifest(files: readonly ManifestFile[]): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
  return `${JSON.stringify({ format, formatVersion: 1, files: sorted }, null, 1)}\n`;
}

/** Undefined when the text is not a manifest. */
export function readManifest(text: string): readonly ManifestFile[] | undefined {
  const root = parseJson(text);
  if (!isJsonObject(root) || root.format !== format || root.formatVersion !== 1) return undefined;
  const files = jsonList(root.files).map(readFile);
  return files.every((file) => file !== undefined) ? files : undefined;
}

function readFile(value: Json): ManifestFile | undefined {
  if (!isJsonObject(value)) return undefined;
  const [path, sha256, bytes] = [jsonText(value.path), jsonText(value.sha256), value.bytes];
  if (path === undefined || typeof bytes !== 'number') return undefined;
  // A path that leaves the folder is not a file of it.
  if (path.startsWith('/') || path.split(/[/\\]/).includes('..')) return undefined;
  return sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256) ? { path, sha256, bytes } : undefined;
}
