/**
 * Renders the difference of two runs as Markdown, for a CI step summary, release notes or a merge request.
 */
import type { Change, ClauseChange, DiffSide, RunDiff } from '../../src/records/diff.ts';
import { changes, groupAbsences, groupCases, describeCounts } from '../../src/report/run-diff/describe-diff.ts';
import { fitPage } from '../fit-page.ts';
import { block, code, prose } from '../markdown-text.ts';

/** GitHub truncates a step summary at one megabyte; the JSON has the rest. */
const mostClauses = 50;
const mostNames = 20;

export function renderDiffPage(diff: RunDiff, most?: number): string {
  const blocks = [
    `# ${code(diff.before.name)} and ${code(diff.after.name)}`,
    describeCounts(diff),
    sides(diff),
    ...changes.flatMap((change) => section(diff, change)),
  ];
  return fitPage(blocks, most, 'the JSON of this comparison');
}

function sides({ before, after, differences }: RunDiff): string {
  const row = (name: string, value: (side: DiffSide) => string): string =>
    `| ${name} | ${value(before)} | ${value(after)} |`;
  return [
    '| | before | after |',
    '| --- | --- | --- |',
    row('started', ({ startedAt }) => startedAt),
    row('target', ({ target }) => cell(target)),
    row('verdict', ({ verdict }) => verdict),
    ...differences.map(({ fact, before: was, after: is }) => `| ${cell(fact)} | ${cell(was)} | ${cell(is)} |`),
  ].join('\n');
}

/** A bar would end the cell, even inside code. */
function cell(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

function section(diff: RunDiff, change: Change): readonly string[] {
  if (change === 'added' || change === 'removed') return absences(diff, change);
  const own = diff.clauses.filter((clause) => clause.change === change);
  if (own.length === 0) return [];
  const rest = own.length - mostClauses;
  return [
    `${title(change)} (${own.length})`,
    ...own.slice(0, mostClauses).map(entry),
    ...(rest > 0 ? [`${rest} more clauses are in the JSON.`] : []),
  ];
}

function absences(diff: RunDiff, change: 'added' | 'removed'): readonly string[] {
  const lines = groupAbsences(diff, change).flatMap(({ sentence, because, cases }) => [
    `${cases.length} ${cases.length === 1 ? 'case' : 'cases'} ${sentence}`,
    ...because.map((text) => `  ${text}`),
    `  ${cases.slice(0, mostNames).join(', ')}${cases.length > mostNames ? ` and ${cases.length - mostNames} more` : ''}`,
  ]);
  return lines.length === 0 ? [] : [title(change), block(lines.join('\n'))];
}

function title(change: Change): string {
  return `## ${change.charAt(0).toUpperCase()}${change.slice(1)}`;
}

function entry({ id, statement, statementBefore, cases }: ClauseChange): string {
  const lines = groupCases(cases).flatMap(({ head, because }) => [head, ...because.map((text) => `  ${text}`)]);
  return [
    `### ${code(id)}`,
    prose(statement),
    ...(statementBefore === undefined ? [] : [`Before: ${prose(statementBefore)}`]),
    ...(lines.length > 0 ? [block(lines.join('\n'))] : []),
  ].join('\n\n');
}
