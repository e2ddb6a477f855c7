/** `manifest.json`: the files of a run folder with their hashes. */
import type { Of } from './declaration.ts';
import { count, define, list, literal, note, object, sha256, text } from './declare.ts';

const manifestEntrySchema = object({
  path: note('Relative to the folder, with slashes.', text),
  sha256: note('Hexadecimal.', sha256),
  bytes: count,
});
export interface ManifestEntry extends Of<typeof manifestEntrySchema> {}
const manifestEntry = define<ManifestEntry>('manifestEntry', manifestEntrySchema);

const manifestSchema = object({
  format: literal('openstack-conformance/manifest'),
  formatVersion: literal(1),
  files: note(
    'All files by path, but the manifest itself, the files that are derived from it, and the one that exists only during a run.',
    list(manifestEntry),
  ),
});
export interface Manifest extends Of<typeof manifestSchema> {}
export const manifest = define<Manifest>('manifest', manifestSchema);
