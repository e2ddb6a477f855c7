/**
 * The reference as the report shows it: its content in its own order, and which clauses decide each statement.
 *
 * Recorded in the journal when the run starts, because only then are the reference and all clauses available. A report
 * can then be built from the run folder alone, years later and by another release.
 */
import { type Of, define, list, note, object, oneOf, optional, ordinal, text, whole } from './declare.ts';
import { operationId, source } from './shared.ts';

/** Which clauses decide a statement of the reference. */
const answered = {
  by: note('Ids of selected clauses that decide it.', list(text)),
  unselected: optional(note('How many clauses that were not selected decide it.', ordinal)),
  untested: optional(note('Why no clause decides it.', text)),
};

const sentence = define(
  'outlineSentence',
  object({ kind: oneOf('prose', 'note', 'parameter'), text, line: ordinal, ...answered }),
);
const sentences = list(sentence);

const section = define('outlineSection', object({ title: text, file: text, sentences }));

const code = define(
  'outlineCode',
  object({
    status: whole,
    of: oneOf('success', 'error'),
    range: note('Where it is documented, such as 2.1-2.100.', text),
    line: ordinal,
    ...answered,
  }),
);

const parameter = define(
  'outlineParameter',
  object({
    side: oneOf('request', 'response'),
    place: oneOf('path', 'query', 'header', 'body'),
    name: note('The name, or the path of a member: /volumeAttachment/tag.', text),
    type: text,
    required: oneOf('always', 'sometimes', 'never'),
    range: text,
    line: ordinal,
    sentences: note('What the reference says about it.', sentences),
    ...answered,
  }),
);

const sample = define('outlineSample', object({ file: text, line: ordinal, ...answered }));

const operation = define(
  'outlineOperation',
  object({
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
  }),
);

export const outline = define(
  'outline',
  note(
    'What the reference says, in its own order, and which clauses decide it.',
    object({
      common: note('What applies to every operation, by section.', list(section)),
      operations: note('The operations of the selected clauses, in the order of the contract.', list(operation)),
    }),
  ),
);

export type Outline = Of<typeof outline>;
export type OutlineSection = Of<typeof section>;
export type OutlineOperation = Of<typeof operation>;
export type OutlineSentence = Of<typeof sentence>;
export type OutlineCode = Of<typeof code>;
export type OutlineParameter = Of<typeof parameter>;
export type OutlineSample = Of<typeof sample>;
export type Answered = Pick<OutlineSample, 'by' | 'unselected' | 'untested'>;
