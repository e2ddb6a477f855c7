/** Whether the clauses cover the specs, as `clauses --check --json` prints it. */
import type { Of } from './declaration.ts';
import { count, define, list, note, object, oneOf, ordinal, text } from './declare.ts';
import { level } from './verdict.ts';

const diagnosticSchema = object({
  severity: oneOf('error', 'warning', 'info'),
  code: note('Words joined by hyphens, such as undefined-parameter.', text),
  at: object({ file: text, line: ordinal, column: ordinal }),
  message: note('What is wrong, one sentence without a full stop.', text),
  expected: note('What would have been right there, or how to fix it.', text),
});
interface Diagnostic extends Of<typeof diagnosticSchema> {}
const diagnostic = define<Diagnostic>('diagnostic', diagnosticSchema);

const clauseFigureSchema = object({ level, derived: count, written: count });
export interface ClauseFigure extends Of<typeof clauseFigureSchema> {}
const clauseFigure = define<ClauseFigure>('clauseFigure', clauseFigureSchema);

const claimFigureSchema = object({
  kind: oneOf('sentence', 'code', 'member', 'sample', 'boundary'),
  all: count,
  tested: count,
  untested: note('With an entry in the list of what is not tested.', count),
});
export interface ClaimFigure extends Of<typeof claimFigureSchema> {}
const claimFigure = define<ClaimFigure>('claimFigure', claimFigureSchema);

const figuresSchema = object({ clauses: list(clauseFigure), claims: list(claimFigure) });
export interface Figures extends Of<typeof figuresSchema> {}

export const clauseCheck = object({
  diagnostics: note('What a clause or a reason is missing for; empty when the check succeeds.', list(diagnostic)),
  figures: define<Figures>('figures', figuresSchema),
});
export interface ClauseCheck extends Of<typeof clauseCheck> {}
