/** Renders a matrix of conditions as Markdown: what is required in each cell, and why an outcome is not decided. */
import type { Matrix, Outcome } from '../records/coverage.ts';

/** `of`: what the columns are, in the plural: `roles`. */
export function matrixPage(of: string, { columns, rows }: Matrix): string {
  const outcomes = rows.flatMap(({ cells }) => cells.flat());
  const reasons = [...new Set(outcomes.flatMap(reasonOf))];
  const decided = outcomes.filter(({ cell }) => cell.is === 'decided').length;
  const without = rows.flatMap(({ cells }) => cells).filter((cell) => cell.length === 0).length;
  return [
    `${rows.length} operations and ${columns.length} ${of}: ${decided} of ${outcomes.length} outcomes decided; ` +
      `${without} cells without a clause.`,
    '',
    `| operation | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => '---|').join('')}`,
    ...rows.map(
      ({ operation, cells }) => `| ${[operation, ...cells.map((cell) => textOf(cell, reasons))].join(' | ')} |`,
    ),
    ...(reasons.length > 0 ? [''] : []),
    ...reasons.map((reason, index) => `${index + 1}. ${reason}`),
    '',
  ].join('\n');
}

function textOf(cell: readonly Outcome[], reasons: readonly string[]): string {
  return [...new Set(cell.map((outcome) => outcomeText(outcome, reasons)))].join('; ');
}

function outcomeText(outcome: Outcome, reasons: readonly string[]): string {
  const { refusals, range } = outcome;
  const is = refusals.length > 0 ? refusals.join('/') : 'yes';
  const [reason] = reasonOf(outcome);
  return `${is}${range === undefined ? '' : ` at ${range}`}${reason === undefined ? '' : ` (${reasons.indexOf(reason) + 1})`}`;
}

function reasonOf({ cell }: Outcome): readonly string[] {
  return cell.is === 'open' ? [cell.reason] : [];
}
