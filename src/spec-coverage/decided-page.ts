/** Renders the table of what a run decided as Markdown: a mark per cell, and the reasons below. */
import type { Cell, Coverage, DecidedRow } from '../records/coverage.ts';

export function decidedPage({ microversions, rows }: Pick<Coverage, 'microversions' | 'rows'>): string {
  const reasons = [...new Set(rows.flatMap(({ cells }) => cells.flatMap(reasonOf)))];
  const cells = rows.flatMap((row) => row.cells);
  const decided = cells.filter(({ is }) => is === 'decided').length;
  return [
    `${rows.length} pairs of call and documented code at ${microversions.length} microversions: ` +
      `${decided} of ${cells.length} cells decided.`,
    ...rows.flatMap(sharedCall),
    '',
    `| call | code | ${microversions.join(' | ')} |`,
    `|---|---|${microversions.map(() => ':-:|').join('')}`,
    ...rows.map((row) => rowText(row, reasons)),
    '',
    ...reasons.map((reason, index) => `${index + 1}. ${reason}`),
    '',
  ].join('\n');
}

/** How many cells each operation decides of a call that several operations share. */
function sharedCall({ operations, statuses, cells }: DecidedRow): readonly string[] {
  if (operations.length < 2) return [];
  const counts = operations.map((operation) => {
    const own = cells.filter(
      (cell) => cell.is === 'decided' && cell.cases.some((id) => id.startsWith(`${operation}#`)),
    );
    return `${own.length} by ${operation}`;
  });
  return [`- ${statuses.join('/')} of the shared call: ${counts.join(', ')}.`];
}

function rowText({ operations, statuses, cells }: DecidedRow, reasons: readonly string[]): string {
  const marks = cells.map((cell) => (cell.is === 'decided' ? '✓' : String(reasons.indexOf(cell.reason) + 1)));
  return `| ${operations.join(', ')} | ${statuses.join('/')} | ${marks.join(' | ')} |`;
}

function reasonOf(cell: Cell): readonly string[] {
  return cell.is === 'open' ? [cell.reason] : [];
}
