/** The result of an import, as `reference import --json` prints it. */
import type { Of } from './declaration.ts';
import { count, define, list, note, object, optional, text } from './declare.ts';
import { driftFacts } from './generated.ts';
import { operationId } from './shared.ts';

const entrySchema = object({
  id: operationId,
  file: text,
  section: text,
  call: optional(note('Only where another operation has the same file and section.', text)),
});
export interface NewEntry extends Of<typeof entrySchema> {}

const removedSchema = object({
  id: operationId,
  perhaps: note(
    'New operations with the same call, which may be the same operation under a new title.',
    list(operationId),
  ),
});
export interface RemovedOperation extends Of<typeof removedSchema> {}

const changedSchema = object({
  id: operationId,
  removed: note('Facts that the reference no longer has, one line each.', list(text)),
  added: list(text),
});
export interface ChangedOperation extends Of<typeof changedSchema> {}
const changed = define<ChangedOperation>('changedOperation', changedSchema);

/** What an import found, without its files. */
export const importFacts = {
  entries: note('Added to the list of operations.', list(define<NewEntry>('entry', entrySchema))),
  added: list(operationId),
  removed: list(define<RemovedOperation>('removedOperation', removedSchema)),
  changedOperations: list(changed),
  differing: note('Operations of our own texts from which the reference differs.', list(changed)),
  own: note('How many operations of the reference our own texts describe.', count),
};

export const referenceImport = object({
  ...importFacts,
  files: count,
  ...driftFacts,
  errors: note('Mistakes of the reference; what they concern was left out.', count),
});
export interface ReferenceImport extends Of<typeof referenceImport> {}
