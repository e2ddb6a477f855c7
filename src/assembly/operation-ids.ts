/**
 * Gives every operation its id: the manifest's, else one made from the title, with the file where titles repeat.
 */
import { kebab } from '../contract/clause-names.ts';
import type { OperationId } from '../contract/model.ts';
import type { Report } from '../diagnostic.ts';
import type { ReferenceOperation } from '../reference/model.ts';
import type { ManifestEntry, ServiceManifest } from './model.ts';
import { entriesFor, type OperationPlace } from './operation-places.ts';

export interface NamedOperation {
  readonly id: OperationId;
  readonly operation: ReferenceOperation;
  readonly entry?: ManifestEntry;
}

export function nameOperations(
  operations: readonly ReferenceOperation[],
  manifest: ServiceManifest,
  report: Report,
): readonly NamedOperation[] {
  const entries = entriesFor(operations.map(placeOf), manifest.operations);
  const present = new Set(entries);
  for (const entry of manifest.operations)
    if (!present.has(entry) && entry.retired === undefined) reportAbsent(entry, report);
  const listed = operations.map((operation, index) => ({ operation, entry: entries[index] }));
  const taken = new Set<string>(manifest.operations.map(({ id }) => id));
  const titles = countBy(listed.filter(({ entry }) => !entry).map(({ operation }) => kebab(operation.title)));
  return listed.map(({ operation, entry }) => {
    if (entry) return { id: entry.id, operation, entry };
    const unique = titles.get(kebab(operation.title)) === 1;
    const id = derivedId(operation, { service: manifest.service, unique, taken }, report);
    taken.add(id);
    return { id, operation };
  });
}

interface Naming {
  readonly service: string;
  /** No other operation has the title. */
  readonly unique: boolean;
  readonly taken: ReadonlySet<string>;
}

function derivedId({ title, at }: ReferenceOperation, { service, unique, taken }: Naming, report: Report): OperationId {
  const plain: OperationId = `${service}/${kebab(title) || 'untitled'}`;
  if (unique && !taken.has(plain)) return plain;
  const withFile: OperationId = `${plain}-in-${kebab(lastPart(at.file).replace(/\.\w+$/, ''))}`;
  const id = firstFree(withFile, taken);
  const message = `the title "${title}" names several operations; this one becomes ${id}`;
  report({ severity: 'info', code: 'repeated-title', at, message, expected: 'an id in the manifest' });
  return id;
}

/** The second of its kind in one file ends in 2, and so on. */
function firstFree(id: OperationId, taken: ReadonlySet<string>): OperationId {
  let next = id;
  for (let count = 2; taken.has(next); count++) next = `${id}-${count}`;
  return next;
}

function reportAbsent({ id, file, section, at }: ManifestEntry, report: Report): void {
  const message = `${id} is not in the reference: no section "${section}" in ${file}`;
  report({ severity: 'error', code: 'absent-operation', at, message, expected: 'file and title of an operation' });
}

export function placeOf({ at, title, method, path }: ReferenceOperation): OperationPlace {
  return { file: at.file, title, call: `${method} ${path}` };
}

function lastPart(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function countBy(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
