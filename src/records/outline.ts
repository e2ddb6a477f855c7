/**
 * The reference as the report shows it: its content in its own order, and which clauses decide each statement.
 *
 * Recorded in the journal when the run starts, because only then are the reference and all clauses available. A report
 * can then be built from the run folder alone, years later and by another release.
 */
import type { Of } from './declaration.ts';
import { define, list, note, object, oneOf, optional, ordinal, text, whole } from './declare.ts';
import { operationId, source } from './shared.ts';

/** Which clauses decide a statement of the reference. */
const decidedBy = {
  by: note('Ids of selected clauses that decide it.', list(text)),
  unselected: optional(note('How many clauses that were not selected decide it.', ordinal)),
  untested: optional(note('Why no clause decides it.', text)),
};

const sentenceSchema = object({ kind: oneOf('prose', 'note', 'parameter'), text, line: ordinal, ...decidedBy });
export interface OutlineSentence extends Of<typeof sentenceSchema> {}
const sentence = define<OutlineSentence>('outlineSentence', sentenceSchema);
const sentences = list(sentence);

const sectionSchema = object({ service: text, title: text, file: text, sentences });
export interface OutlineSection extends Of<typeof sectionSchema> {}
const section = define<OutlineSection>('outlineSection', sectionSchema);

const codeSchema = object({
  status: whole,
  of: oneOf('success', 'error'),
  range: note('Where it is documented, such as 2.1-2.100.', text),
  line: ordinal,
  ...decidedBy,
});
export interface OutlineCode extends Of<typeof codeSchema> {}
const code = define<OutlineCode>('outlineCode', codeSchema);

const parameterSchema = object({
  side: oneOf('request', 'response'),
  place: oneOf('path', 'query', 'header', 'body'),
  name: note('The name, or the path of a member: /volumeAttachment/tag.', text),
  type: text,
  required: oneOf('always', 'sometimes', 'never'),
  range: text,
  line: ordinal,
  sentences: note('What the reference says about it.', sentences),
  ...decidedBy,
});
export interface OutlineParameter extends Of<typeof parameterSchema> {}
const parameter = define<OutlineParameter>('outlineParameter', parameterSchema);

const sampleSchema = object({ file: text, line: ordinal, ...decidedBy });
export interface OutlineSample extends Of<typeof sampleSchema> {}
const sample = define<OutlineSample>('outlineSample', sampleSchema);

const operationSchema = object({
  id: operationId,
  title: text,
  method: text,
  path: text,
  source,
  range: text,
  revisions: note('Ranges in which it does not change, in order.', list(text)),
  sentences: note('Prose and notes, from top to bottom.', sentences),
  codes: list(code),
  parameters: list(parameter),
  samples: list(sample),
});
export interface OutlineOperation extends Of<typeof operationSchema> {}
const operation = define<OutlineOperation>('outlineOperation', operationSchema);

const outlineSchema = object({
  common: note('What applies to every operation, by section.', list(section)),
  operations: note('The operations of the selected clauses, in the order of the contract.', list(operation)),
});
export interface Outline extends Of<typeof outlineSchema> {}
export const outline = define<Outline>(
  'outline',
  note('What the reference says, in its own order, and which clauses decide it.', outlineSchema),
);
export type DecidedBy = Pick<OutlineSample, 'by' | 'unselected' | 'untested'>;
