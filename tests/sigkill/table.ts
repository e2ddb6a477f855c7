/** The rows as a table for a terminal, with a sentence at its end. */
import type { Row } from './play.ts';

const columns = [
  '#',
  'killed',
  'ledger then',
  'before cleanup',
  'after',
  'bystanders',
  'cleanup',
  'held',
  's',
] as const;

export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    `${row.number}`,
    row.point,
    row.phase,
    `${row.before}`,
    `${row.after}`,
    row.bystanders,
    `${row.cleanup ?? 'none'}`,
    row.held,
    `${row.seconds}`,
  ]);
  const widths = columns.map((title, index) =>
    Math.max(title.length, ...cells.map((line) => line[index]?.length ?? 0)),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, index) => text.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  const held = rows.filter((row) => row.held === 'yes').length;
  const wrong = rows.flatMap((row) => (row.why === '' ? [] : [`${row.number}: ${row.why}`]));
  const sum = `${held} of ${rows.length} kills left nothing after cleanup and touched nothing of others.`;
  return `${[line(columns), ...cells.map(line), '', ...wrong, sum].join('\n')}\n`;
}
