/**
 * The table of verdicts by operation, or by resource where there are many operations. Only verdicts that occur have a
 * column. On a narrow terminal the column heads are abbreviated, with a legend below.
 */
import type { OperationId } from '../../src/contract/model.ts';
import { groupBy } from '../../src/group-by.ts';
import type { CaseReport, Counts, RunReport } from '../../src/records/report.ts';
import { countOpen, countVerdicts, listedKinds, totalOf, type VerdictKind } from '../../src/report/tally.ts';
import { resourcesOf } from '../../src/report/resources.ts';
import { isExtension } from '../../src/report/describe-suite.ts';
import { lengthOf, shortenStart, table, wrap, type Column } from './layout.ts';
import type { Style } from './style.ts';

interface Row {
  readonly name: string;
  readonly counts: Counts;
}

type Heads = Readonly<Record<VerdictKind, string>>;

const longHeads: Heads = {
  pass: 'pass',
  fail: 'fail',
  warn: 'warn',
  waived: 'waived',
  unstable: 'unstable',
  error: 'error',
  inconclusive: 'inconclusive',
  'not-attempted': 'not-attempted',
  'not-applicable': 'not-applicable',
};

const shortHeads: Heads = {
  ...longHeads,
  waived: 'wvd',
  unstable: 'uns',
  error: 'err',
  inconclusive: 'inc',
  'not-attempted': 'n/t',
  'not-applicable': 'n/a',
};

const gap = 2;
const narrowestName = 16;

export function operationsTable(report: RunReport, style: Style): readonly string[] {
  const rows = rowsOf(report);
  const head = isByResource(report) ? 'resource' : 'operation';
  const counts = countsOf(report.cases);
  const kinds = listedKinds.filter((kind) => counts[kind] > 0);
  const numbers = (heads: Heads): readonly Column[] => numberColumns(rows, kinds, heads, style);
  const wide = [nameColumn(head, rows, Infinity), ...numbers(longHeads)];
  if (widthOf(wide) <= style.width) return table(wide, style.strong);
  const narrow = numbers(shortHeads);
  const nameWidth = Math.max(style.width - widthOf(narrow) - gap, narrowestName);
  return [...table([nameColumn(head, rows, nameWidth), ...narrow], style.strong), ...legend(kinds, style)];
}

/** A run of more operations is summarised by resource. */
const mostOperations = 14;
const mostResources = 14;

/** Operations of other suites come below the total and are not part of it. */
function rowsOf(report: RunReport): readonly Row[] {
  const cases = groupBy(report.cases, ({ operation }) => operation);
  const row = (name: string, operations: readonly OperationId[]): Row => ({
    name,
    counts: countsOf(operations.flatMap((operation) => cases.get(operation) ?? [])),
  });
  const names = [...cases.keys()];
  const own = names.filter((name) => !isExtension(report, name));
  const extensions = names.filter((name) => isExtension(report, name));
  const rows = isByResource(report) ? byResource(report, own, row) : own.map((name) => row(name, [name]));
  return [
    ...rows,
    ...(rows.length > 1 ? [{ name: 'all', counts: report.counts.cases }] : []),
    ...extensions.slice(0, mostOperations).map((name) => row(name, [name])),
  ];
}

function isByResource(report: RunReport): boolean {
  const own = report.cases.filter(({ operation }) => !isExtension(report, operation));
  return new Set(own.map(({ operation }) => operation)).size > mostOperations;
}

/** Resources with the most failures first, then those with the most undecided cases; the rest in one row. */
function byResource(
  { clauses }: RunReport,
  own: readonly OperationId[],
  row: (name: string, operations: readonly OperationId[]) => Row,
): readonly Row[] {
  const kept = new Set(own);
  const resources = resourcesOf(clauses)
    .map(({ name, operations }) => ({ name, operations: operations.filter((operation) => kept.has(operation)) }))
    .filter(({ operations }) => operations.length > 0)
    .map(({ name, operations }) => ({ ...row(name, operations), operations }))
    .sort((a, b) => b.counts.fail - a.counts.fail || countOpen(b.counts) - countOpen(a.counts));
  const [shown, rest] = [resources.slice(0, mostResources), resources.slice(mostResources)];
  const others = rest.flatMap(({ operations }) => operations);
  return [...shown, ...(rest.length === 0 ? [] : [row(`${rest.length} more resources`, others)])];
}

function countsOf(cases: readonly CaseReport[]): Counts {
  return countVerdicts(cases.map(({ verdict }) => verdict.is));
}

/** Where space is short, the end of a name is more specific than its beginning. */
function nameColumn(head: string, rows: readonly Row[], width: number): Column {
  return { head, align: 'left', cells: rows.map(({ name }) => shortenStart(name, width)) };
}

function numberColumns(rows: readonly Row[], kinds: readonly VerdictKind[], heads: Heads, style: Style) {
  const total: Column = { head: 'cases', align: 'right', cells: rows.map(({ counts }) => String(totalOf(counts))) };
  const columns = kinds.map((kind): Column => {
    const cells = rows.map(({ counts }) => (counts[kind] === 0 ? '·' : String(counts[kind])));
    return { head: heads[kind], align: 'right', cells, paint: (text) => paintCount(text, kind, style) };
  });
  return [total, ...columns];
}

function paintCount(text: string, kind: VerdictKind, style: Style): string {
  return text.trim() === '·' ? style.faint(text) : style.verdict[kind](text);
}

function widthOf(columns: readonly Column[]): number {
  const widths = columns.map(({ head, cells }) => Math.max(lengthOf(head), ...cells.map(lengthOf)));
  return widths.reduce((sum, width) => sum + width + gap, -gap);
}

function legend(kinds: readonly VerdictKind[], style: Style): readonly string[] {
  const words = kinds.filter((kind) => shortHeads[kind] !== kind).map((kind) => `${shortHeads[kind]} = ${kind}`);
  return words.length === 0 ? [] : wrap(words.join(', '), style.width).map(style.faint);
}
