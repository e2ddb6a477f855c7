/** The provenance of facts: the revision of the reference, and the hash of every file from which they were read. */
import { createHash } from 'node:crypto';
import type { Origin } from '../contract/model.ts';
import type { JsonObject } from '../json.ts';
import type { Reference } from '../reference/model.ts';
import type { ReferenceTree } from '../reference/tree.ts';

/** Hashes are the first 16 hexadecimal digits of SHA-256. */
export function provenanceOf(tree: ReferenceTree, reference: Reference, origin: Origin): JsonObject {
  const files = sourceFiles(reference).flatMap((file) => {
    const found = tree.read(file);
    return found && 'text' in found ? [[file, digestOf(found.text)] as const] : [];
  });
  return { ...origin, files: Object.fromEntries(files) };
}

function sourceFiles({ operations, fragments, parameterFiles }: Reference): readonly string[] {
  const samples = operations.flatMap((operation) => operation.samples);
  const names = [
    ...fragments.map(({ file }) => file),
    ...parameterFiles.map(({ file }) => file),
    ...samples.flatMap(({ file, variants }) => [file, ...variants.map((variant) => variant.file)]),
  ];
  return [...new Set(names)].sort();
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
