/** Whether the clauses cover the specs, as `clauses --check --json` prints it. */
import type { Of } from './declaration.ts';
import { count, define, list, note, object, oneOf } from './declare.ts';
import { diagnostic } from './diagnostic.ts';
import { level } from './verdict.ts';

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
