/**
 * Failures, warnings and waived failures: one entry per clause, told by its first case, with the other microversions.
 */
import { groupBy } from '../../src/group-by.ts';
import { printable } from '../../src/report/printable.ts';
import type { CaseReport, ClauseReport, RunRecord } from '../../src/report/record.ts';
import { tellCase, type ToldFinding } from '../../src/report/tell-case.ts';
import { labelled, wrap } from './layout.ts';
import type { Style } from './style.ts';

export type DepartureKind = 'fail' | 'warn' | 'waived';

/** The rest is in the other reports. */
const mostFindings = 5;

const indent = 2;
const column = 11;

export function departures(record: RunRecord, kind: DepartureKind, style: Style): readonly string[] {
  const cases = record.report.cases.filter(({ verdict }) => verdict.is === kind);
  const clauses = new Map(record.report.clauses.map((clause) => [clause.id, clause]));
  return [...groupBy(cases, ({ clause }) => clause)].flatMap(([id, departed]) =>
    departed.slice(0, 1).map((first) => entry(record, first, departed.slice(1), clauses.get(id), style)),
  );
}

function entry(
  record: RunRecord,
  first: CaseReport,
  others: readonly CaseReport[],
  clause: ClauseReport | undefined,
  style: Style,
): string {
  const { findings, repeats } = tellCase(record, first);
  const layout = { indent, column, width: style.width };
  const paint = style.verdict[first.verdict.is];
  const rest = findings.length - mostFindings;
  return [
    `${paint(style.strong(first.verdict.is))} ${style.strong(first.id)}`,
    ...(clause ? wrap(clause.statement, style.width - indent).map((line) => ' '.repeat(indent) + line) : []),
    ...(clause ? [labelled('source', placeOf(clause), layout, style.faint)] : []),
    ...findingLines(findings.slice(0, mostFindings), style),
    ...(rest > 0 ? [labelled('', `and ${rest} more in report.json`, layout, style.faint)] : []),
    ...(first.verdict.is === 'waived' ? [labelled('waiver', printable(first.verdict.waiver, 8000), layout)] : []),
    ...(others.length > 0
      ? [labelled('also at', others.map(({ microversion }) => microversion).join(', '), layout)]
      : []),
    ...repeats.map(
      ({ identity, shortCurl }) =>
        `${' '.repeat(indent)}${`as ${printable(identity)}`.padEnd(column - 1)} ${shortCurl}`,
    ),
    ...(first.evidence === undefined ? [] : [labelled('evidence', printable(first.evidence), layout, style.faint)]),
  ].join('\n');
}

/** The exchange is named once for all findings that it shows. */
function findingLines(findings: readonly ToldFinding[], style: Style): readonly string[] {
  const layout = { indent, column, width: style.width };
  return findings.flatMap(({ act, place, expected, seen }, index) => [
    ...(findings[index - 1]?.act === act ? [] : [labelled('request', act, layout)]),
    ...(place === undefined ? [] : [labelled('at', place, layout)]),
    labelled('expected', expected, layout, style.good),
    labelled('seen', seen, layout, style.bad),
  ]);
}

function placeOf({ source }: ClauseReport): string {
  return `${source.file}:${source.line}, ${source.section}`;
}
