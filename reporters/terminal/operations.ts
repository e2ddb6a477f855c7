/**
 * The table of operations and verdicts. A column stands only for verdicts that occur; on a narrow terminal its head
 * is short, and a line below says what it means.
 */
import { groupBy } from '../../src/report/group-by.ts';
import type { CaseReport, RunReport } from '../../src/report/record.ts';
import { countVerdicts, listedKinds, type VerdictKind } from '../../src/report/tally.ts';
import { lengthOf, plain, shorten, table, type Column } from './layout.ts';
import type { Style } from './style.ts';

const shortHeads: Readonly<Record<VerdictKind, string>> = {
  pass: 'pass',
  fail: 'fail',
  warn: 'warn',
  waived: 'waiv',
  error: 'err',
  inconclusive: 'inc',
  'not-attempted': 'n/t',
  'not-applicable': 'n/a',
};

const narrowestName = 24;
const gap = 2;

export function operationsTable(report: RunReport, style: Style): readonly string[] {
  const rows = [...groupBy(report.cases, ({ operation }) => operation)];
  const kinds = listedKinds.filter((kind) => report.counts.cases[kind] > 0);
  const names = [...rows.map(([operation]) => operation), ...(rows.length > 1 ? ['all'] : [])];
  const counts = [...rows.map(([, cases]) => cases), ...(rows.length > 1 ? [report.cases] : [])].map(countsOf);
  const long = kinds.map((kind) => Math.max(kind.length, 4)).reduce((sum, width) => sum + width + gap, 5 + gap);
  const nameWidth = Math.max(...names.map(lengthOf), narrowestName);
  const fits = nameWidth + long <= style.width;
  const heads = (kind: VerdictKind): string => (fits ? kind : shortHeads[kind]);
  const room = style.width - kinds.length * (4 + gap) - 5 - gap;
  const columns: readonly Column[] = [
    {
      head: 'operation',
      align: 'left',
      cells: names.map((name) => (fits ? name : shorten(name, Math.max(room, narrowestName)))),
    },
    { head: 'cases', align: 'right', cells: counts.map(({ all }) => String(all)) },
    ...kinds.map((kind): Column => ({
      head: heads(kind),
      align: 'right',
      cells: counts.map(({ by }) => (by[kind] === 0 ? '·' : String(by[kind]))),
      paint: style.verdict[kind] ?? plain,
    })),
  ];
  return [...table(columns, style.strong), ...(fits ? [] : legend(kinds, style))];
}

function countsOf(cases: readonly CaseReport[]) {
  return { all: cases.length, by: countVerdicts(cases.map(({ verdict }) => verdict.is)) };
}

function legend(kinds: readonly VerdictKind[], style: Style): readonly string[] {
  const words = kinds.filter((kind) => shortHeads[kind] !== kind).map((kind) => `${shortHeads[kind]} = ${kind}`);
  return words.length === 0 ? [] : [style.faint(words.join(', '))];
}
