/** What a run decided, as `clauses --coverage RUN --json` prints it. */
import type { Of } from './declaration.ts';
import { define, list, literal, note, object, tagged, text, whole } from './declare.ts';
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

export const coverage = object({
  microversions: list(text),
  rows: list(define<DecidedRow>('row', decidedRowSchema)),
});
export interface DecidedTable extends Of<typeof coverage> {}
