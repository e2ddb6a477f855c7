/** What a run decided, as `clauses --coverage RUN --json` prints it. */
import type { Of } from './declaration.ts';
import { define, list, literal, note, object, optional, tagged, text, whole } from './declare.ts';
import { operationId } from './shared.ts';

const decided = object({ is: literal('decided'), cases: note('Ids of the cases that decided it.', list(text)) });
const open = object({ is: literal('open'), reason: note('Why none did.', text) });
interface DecidedCell extends Of<typeof decided> {}
interface OpenCell extends Of<typeof open> {}
export type Cell = DecidedCell | OpenCell;
const cell = define<Cell>('cell', tagged('is', decided, open));

const decidedRowSchema = object({
  call: note('Such as: PUT /servers/{server_id}.', text),
  operations: list(operationId),
  statuses: note('One, or all codes of success.', list(whole)),
  cells: note('One for each microversion.', list(cell)),
});
export interface DecidedRow extends Of<typeof decidedRowSchema> {}

const outcomeSchema = object({
  clause: note('Its id.', text),
  refusals: note('The codes of the refusal that the clause requires; none where the request is accepted.', list(whole)),
  range: optional(note('Its microversions, where they are not all of the operation: 2.91-.', text)),
  cell,
});
export interface Outcome extends Of<typeof outcomeSchema> {}

const matrixRowSchema = object({
  operation: operationId,
  cells: note(
    'One for each column; without an outcome where nothing is promised.',
    list(list(define<Outcome>('outcome', outcomeSchema))),
  ),
});
export interface MatrixRow extends Of<typeof matrixRowSchema> {}

const matrixSchema = object({ columns: list(text), rows: list(define<MatrixRow>('matrix-row', matrixRowSchema)) });
export interface Matrix extends Of<typeof matrixSchema> {}
const matrix = define<Matrix>('matrix', matrixSchema);

export const coverage = object({
  microversions: list(text),
  rows: list(define<DecidedRow>('row', decidedRowSchema)),
  roles: note('Each operation by the roles of its callers.', matrix),
  states: note('Each operation by the states of the resource that it names.', matrix),
});
export interface Coverage extends Of<typeof coverage> {}
