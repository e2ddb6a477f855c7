/** Failures, warnings and waived failures: one entry for each finding, with the first case and what else it breaks. */
import { groupFindings, type FindingGroup } from '../../src/report/finding-groups.ts';
import { printable } from '../../src/report/printable.ts';
import type { CaseReport, ClauseReport, RunRecord } from '../../src/report/record.ts';
import { tellCase, type ToldFinding } from '../../src/report/tell-case.ts';
import type { Entry } from './fit.ts';
import { labelled, lengthOf, shorten, shortenStart, wrap } from './layout.ts';
import type { Style } from './style.ts';

export type DepartureKind = 'fail' | 'warn' | 'waived';

/** The rest is in the other reports. */
const mostFindings = 5;

const indent = 2;
const column = 11;

/** An entry for each thing that was found: in full it shows the first case. */
export function departures(record: RunRecord, kind: DepartureKind, style: Style): readonly Entry[] {
  const cases = record.report.cases.filter(({ verdict }) => verdict.is === kind);
  const clauses = new Map(record.report.clauses.map((clause) => [clause.id, clause]));
  return groupFindings(cases).flatMap((group) =>
    group.cases.slice(0, 1).map((first) => ({
      full: entry(record, first, group, clauses.get(first.clause), style),
      brief: brief(group, style),
    })),
  );
}

function entry(
  record: RunRecord,
  first: CaseReport,
  group: FindingGroup,
  clause: ClauseReport | undefined,
  style: Style,
): string {
  const { findings, repeats } = tellCase(record, first);
  const layout = { indent, column, width: style.width };
  const paint = style.verdict[first.verdict.is];
  const rest = findings.length - mostFindings;
  const others = group.cases.filter((one) => one.clause === first.clause && one !== first);
  const alike = alikeClauses(group, style.width - indent - column);
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
    ...(alike === undefined ? [] : [labelled('also in', alike, layout)]),
    ...repeats.map(
      ({ identity, shortCurl }) =>
        `${' '.repeat(indent)}${`as ${printable(identity)}`.padEnd(column - 1)} ${shortCurl}`,
    ),
    ...(first.evidence === undefined ? [] : [labelled('evidence', printable(first.evidence), layout, style.faint)]),
  ].join('\n');
}

/** One line: the finding, its extent, and where it was seen first. */
function brief({ title, clauses, cases: [first] }: FindingGroup, style: Style): string {
  const kind = first?.verdict.is ?? 'fail';
  const extent = clauses.length === 1 ? '' : `${clauses.length} clauses, `;
  const head = `${kind} ${extent}${title}: `;
  const name = shortenStart(first?.id ?? '', Math.max(style.width - lengthOf(head), 20));
  return `${style.verdict[kind](style.strong(kind))}${shorten(`${head}${name}`, style.width).slice(kind.length)}`;
}

/** The other clauses that the same finding breaks: as many names as fit two lines, and how many more. */
function alikeClauses({ clauses, operations }: FindingGroup, width: number): string | undefined {
  const others = clauses.slice(1);
  if (others.length === 0) return undefined;
  const extent = `${others.length} more ${others.length === 1 ? 'clause' : 'clauses'} of ${operations.length} ${operations.length === 1 ? 'operation' : 'operations'}`;
  const names: string[] = [];
  for (const name of others.map((id) => printable(id))) {
    if (lengthOf([extent, ...names, name].join(', ')) > 2 * width - 20) break;
    names.push(name);
  }
  const rest = others.length - names.length;
  return names.length === 0 ? extent : `${extent}: ${names.join(', ')}${rest > 0 ? ' …' : ''}`;
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
