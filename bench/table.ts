/** The figures as Markdown tables, with columns aligned for a terminal. */
import { changeOf } from './arithmetic.ts';
import type { Budget } from './figures.ts';
import type { BenchRecord, Figure, Grown } from './record.ts';

export function formatTables(record: BenchRecord, before?: BenchRecord): string {
  const { machine, runs, figures, growths, leftOut, failed } = record;
  const { processors, processor, node, load } = machine;
  const parts = [
    `${processors} × ${processor}, Node ${node}, load ${load.toFixed(1)} before; median of ${runs}, minimum to maximum`,
    table(...figureTable(figures, before)),
    table(growthHead, growths.map(growthRow)),
    [...leftOut, ...failed].join('\n'),
    isBusy(machine) ? 'The machine was busy: times are not reliable; compare CPU and memory.' : '',
    sumOf(figures, growths, before !== undefined),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** More than half of a processor was in use before the first command. */
function isBusy({ load }: BenchRecord['machine']): boolean {
  return load > 0.5;
}

type Row = readonly string[];

function figureTable(figures: readonly Figure[], before?: BenchRecord): readonly [Row, readonly Row[]] {
  const head = ['entry', 'figure', 'median', 'range', 'budget', 'ratio'];
  const rows = figures.map((figure) => [
    figure.entry,
    figure.figure,
    withUnit(figure.median, figure.unit),
    figure.least === figure.most ? '' : `${digits(figure.least)}–${digits(figure.most)}`,
    figure.budget ? budgetText(figure.budget, figure.unit) : '',
    figure.ratio === undefined ? '' : figure.ratio.toFixed(2),
  ]);
  if (!before) return [head, rows];
  return [
    [...head, 'before', 'ratio to before'],
    rows.map((row, index) => [...row, ...change(figures[index], before)]),
  ];
}

function change(figure: Figure | undefined, { figures }: BenchRecord): Row {
  const same = figures.find((one) => one.entry === figure?.entry && one.figure === figure?.figure);
  if (!figure || !same) return ['', ''];
  const { ratio, isApart } = changeOf(figure, same);
  return [withUnit(same.median, same.unit), `${isApart || ratio === 1 ? '' : '~'}${ratio.toFixed(2)}`];
}

const growthHead = ['growth', 'size', 'figure', 'times', 'ratio', 'per unit'];

function growthRow({ from, to, unit, units, figure, times, perUnit, each }: Grown): Row {
  const cost = withUnit(1000 * each.value, each.unit);
  return [
    `${from} to ${to}`,
    ...[`${unit} × ${digits(units)}`, figure, `× ${digits(times)}`, perUnit.toFixed(2), `${cost} per 1,000`],
  ];
}

function sumOf(figures: readonly Figure[], growths: readonly Grown[], isCompared: boolean): string {
  const budgeted = figures.filter(({ ratio }) => ratio !== undefined);
  const over = budgeted.filter(({ ratio = 0 }) => ratio > 1).length;
  const fast = growths.filter(({ perUnit }) => perUnit > 1).length;
  return [
    ...(budgeted.length > 0 ? [`${over} of ${budgeted.length} figures miss their budget (a ratio over 1.00).`] : []),
    ...(growths.length > 0 ? [`${fast} of ${growths.length} grow faster than the size (a ratio over 1.00).`] : []),
    ...(isCompared ? ['~: the values of the two benches overlap, or are too few to compare.'] : []),
  ].join('\n');
}

function budgetText(budget: Budget, unit: string): string {
  return 'atMost' in budget ? `≤ ${withUnit(budget.atMost, unit)}` : `≥ ${withUnit(budget.atLeast, unit)}`;
}

function withUnit(value: number, unit: string): string {
  return unit === '' ? digits(value) : `${digits(value)} ${unit}`;
}

/** Three significant digits; whole numbers in full. */
export function digits(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 100
    ? String(Math.round(value))
    : `${Number(value.toPrecision(3))}`;
}

function table(head: Row, rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: Row): string => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
