/**
 * The table of operations and verdicts. A column stands only for verdicts that occur; on a narrow terminal its head
 * is short, and a line below says what it means.
 */
import { groupBy } from '../../src/group-by.ts';
import type { CaseReport, Counts, RunReport } from '../../src/report/record.ts';
import { countVerdicts, listedKinds, totalOf, type VerdictKind } from '../../src/report/tally.ts';
import { isGuest } from '../../src/report/word-suite.ts';
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
  const counts = countsOf(report.cases);
  const kinds = listedKinds.filter((kind) => counts[kind] > 0);
  const numbers = (heads: Heads): readonly Column[] => numberColumns(rows, kinds, heads, style);
  const wide = [nameColumn(rows, Infinity), ...numbers(longHeads)];
  if (widthOf(wide) <= style.width) return table(wide, style.strong);
  const narrow = numbers(shortHeads);
  const room = Math.max(style.width - widthOf(narrow) - gap, narrowestName);
  return [...table([nameColumn(rows, room), ...narrow], style.strong), ...legend(kinds, style)];
}

/** What is of other suites stands below the sum, and is not in it. */
function rowsOf(report: RunReport): readonly Row[] {
  const rows = [...groupBy(report.cases, ({ operation }) => operation)].map(([name, mine]) => ({
    name,
    counts: countsOf(mine),
  }));
  const own = rows.filter(({ name }) => !isGuest(report, name));
  const guests = rows.filter(({ name }) => isGuest(report, name));
  return [...own, ...(own.length > 1 ? [{ name: 'all', counts: report.counts.cases }] : []), ...guests];
}

function countsOf(cases: readonly CaseReport[]): Counts {
  return countVerdicts(cases.map(({ verdict }) => verdict.is));
}

/** Where the room is short, the end of a name says more than its beginning. */
function nameColumn(rows: readonly Row[], room: number): Column {
  return { head: 'operation', align: 'left', cells: rows.map(({ name }) => shortenStart(name, room)) };
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
