/** The differences between the contracts of two reference trees, as `reference diff --json` prints them. */
import type { Of } from './declaration.ts';
import { count, define, flag, list, note, object, oneOf, optional, text } from './declare.ts';
import { operationId } from './shared.ts';

const sideSchema = object({
  name: text,
  operations: count,
  newest: optional(note('The newest microversion that the tree mentions.', text)),
});
export interface SideFacts extends Of<typeof sideSchema> {}
const side = define<SideFacts>('side', sideSchema);

const changeSchema = object({
  kind: note('Such as request-field-added.', text),
  class: oneOf('breaking', 'compatible', 'text'),
  place: note('/thing/name, query limit, status 202; empty for the whole operation.', text),
  range: optional(
    note(
      'The microversions at which the contracts differ; missing for parts without microversions, such as the title.',
      text,
    ),
  ),
  isNewMicroversion: note(
    'Only affects microversions that the earlier tree does not know, so only clients that request one of them notice.',
    flag,
  ),
  before: optional(text),
  after: optional(text),
});
export interface ChangeRecord extends Of<typeof changeSchema> {}

const operationSchema = object({
  id: operationId,
  title: text,
  method: text,
  path: text,
  file: text,
  changes: list(define<ChangeRecord>('change', changeSchema)),
});
export interface OperationDiffRecord extends Of<typeof operationSchema> {}

export const referenceDiff = object({
  before: side,
  after: side,
  operations: note(
    'Changed operations in the order of the later tree; removed operations come last.',
    list(define<OperationDiffRecord>('operationDiff', operationSchema)),
  ),
});
export interface ReferenceDiffRecord extends Of<typeof referenceDiff> {}
