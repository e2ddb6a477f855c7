/** The list of clauses, as `clauses --json` prints it. */
import type { Of } from './declaration.ts';
import { define, list, nonEmpty, note, object, optional, text } from './declare.ts';
import { clauseFacts } from './run-facts.ts';

const quote = note(
  'A sentence of the specs: the file, the title or parameter above it, and the whole sentence.',
  object({ file: text, section: text, text }),
);

const listedClauseSchema = object({
  ...clauseFacts,
  quotes: note('What it decides.', list(quote)),
  about: note('The members, parameters and codes that it decides, where it is derived from them.', list(text)),
  killedBy: note('Seeded faults that make it fail.', nonEmpty(text)),
  unprepared: optional(note('Why the suites cannot prepare any case of it; missing for most clauses.', text)),
});
export interface ListedClause extends Of<typeof listedClauseSchema> {}

export const clauses = list(define<ListedClause>('listedClause', listedClauseSchema));
