/** Failures, warnings and waived failures: an entry for each finding, with its first case and the other clauses. */
import { groupFindings, type FindingGroup } from '../../src/report/finding-groups.ts';
import { printable } from '../../src/report/printable.ts';
import type { CaseReport, ClauseReport } from '../../src/records/report.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { describeCase, type DescribedFinding } from '../../src/report/describe-case.ts';
import type { Entry } from './fit.ts';
import { labelled, lengthOf, shorten, shortenStart, wrap } from './layout.ts';
import type { Style } from './style.ts';

export type DeviationKind = 'fail' | 'warn' | 'waived';

/** The other reports have the rest. */
const mostFindings = 5;

const indent = 2;
const column = 11;

/** One entry for each finding; in full, it shows the first case. */
export function deviations(record: RunRecord, kind: DeviationKind, style: Style): readonly Entry[] {
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
  const { findings, repeats } = describeCase(record, first);
  const layout = { indent, column, width: style.width };
  const paint = style.verdict[first.verdict.is];
  const rest = findings.length - mostFindings;
  const others = group.cases.filter((one) => one.clause === first.clause && one !== first);
  const otherClauses = describeOtherClauses(group, style.width - indent - column);
  return [
    `${paint(style.strong(first.verdict.is))} ${style.strong(first.id)}`,
    ...(clause ? wrap(clause.statement, style.width - indent).map((line) => ' '.repeat(indent) + line) : []),
    ...(clause ? [labelled('source', sourceOf(clause), layout, style.faint)] : []),
    ...findingLines(findings.slice(0, mostFindings), style),
    ...(rest > 0 ? [labelled('', `and ${rest} more in report.json`, layout, style.faint)] : []),
    ...(first.verdict.is === 'waived' ? [labelled('waiver', printable(first.verdict.waiver, 8000), layout)] : []),
    ...(others.length > 0
      ? [labelled('also at', others.map(({ microversion }) => microversion).join(', '), layout)]
      : []),
    ...(otherClauses === undefined ? [] : [labelled('also in', otherClauses, layout)]),
    ...repeats.map(
      ({ identity, shortCurl }) =>
        `${' '.repeat(indent)}${`as ${printable(identity)}`.padEnd(column - 1)} ${shortCurl}`,
    ),
    ...(first.evidence === undefined ? [] : [labelled('evidence', printable(first.evidence), layout, style.faint)]),
  ].join('\n');
}

/** One line: the finding, the number of clauses, and the first case. */
function brief({ title, clauses, cases: [first] }: FindingGroup, style: Style): string {
  const kind = first?.verdict.is ?? 'fail';
  const extent = clauses.length === 1 ? '' : `${clauses.length} clauses, `;
  const head = `${kind} ${extent}${title}: `;
  const name = shortenStart(first?.id ?? '', Math.max(style.width - lengthOf(head), 20));
  return `${style.verdict[kind](style.strong(kind))}${shorten(`${head}${name}`, style.width).slice(kind.length)}`;
}

/** The other clauses that the same finding breaks: their number, and the names that fit two lines. */
function describeOtherClauses({ clauses, operations }: FindingGroup, width: number): string | undefined {
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

/** Names an exchange once for all its findings. */
function findingLines(findings: readonly DescribedFinding[], style: Style): readonly string[] {
  const layout = { indent, column, width: style.width };
  return findings.flatMap(({ exchange, place, expected, seen }, index) => [
    ...(findings[index - 1]?.exchange === exchange ? [] : [labelled('request', exchange, layout)]),
    ...(place === undefined ? [] : [labelled('at', place, layout)]),
    labelled('expected', expected, layout, style.good),
    labelled('seen', seen, layout, style.bad),
  ]);
}

function sourceOf({ source }: ClauseReport): string {
  return `${source.file}:${source.line}, ${source.section}`;
}
