/**
 * Renders the difference of two runs for a terminal: the runs, other differences, each changed clause, the counts.
 */
import type { Change, ClauseChange, RunDiff } from '../../src/records/diff.ts';
import { changes, groupAbsences, groupCases, describeCounts } from '../../src/report/run-diff/describe-diff.ts';
import { printable } from '../../src/report/printable.ts';
import { labelled, wrap, type Paint } from '../terminal/layout.ts';
import { styleOf, type Style, type TerminalOptions } from '../terminal/style.ts';

/** The rest is in the JSON. */
const mostSentences = 5;

/** The text, ending with a newline. */
export function renderDiff(diff: RunDiff, options: TerminalOptions): string {
  const style = styleOf(options);
  const sections = [
    opening(diff, style),
    ...changes.flatMap((change) => section(diff, change, style)),
    ...closing(diff, style),
  ];
  return `${sections.join('\n\n')}\n`;
}

function opening({ before, after, differences }: RunDiff, style: Style): string {
  const layout = { indent: 0, column: 11, width: style.width };
  const sides = [before, after].map(
    ({ name, startedAt, target, verdict }) => `${printable(name)}, ${startedAt}, ${printable(target)}: ${verdict}`,
  );
  return [
    labelled('before', sides[0] ?? '', layout),
    labelled('after', sides[1] ?? '', layout),
    ...differences.map(({ fact, before: was, after: is }, index) =>
      labelled(index === 0 ? 'differs' : '', printable(`${fact}: ${was} -> ${is}`), layout, style.faint),
    ),
  ].join('\n');
}

function section(diff: RunDiff, change: Change, style: Style): readonly string[] {
  if (change === 'added' || change === 'removed') return absences(diff, change, style);
  const own = diff.clauses.filter((clause) => clause.change === change);
  if (own.length === 0) return [];
  const entries = own.map((clause) => entry(clause, style));
  return [[style.strong(`${change} (${own.length})`), ...entries].join('\n')];
}

function absences(diff: RunDiff, change: 'added' | 'removed', style: Style): readonly string[] {
  const groups = groupAbsences(diff, change);
  if (groups.length === 0) return [];
  const entries = groups.flatMap(({ sentence, because, cases }) => [
    ...wrap(`${cases.length} ${cases.length === 1 ? 'case' : 'cases'} ${sentence}`, style.width - 2).map(
      (line) => `  ${line}`,
    ),
    ...because.slice(0, mostSentences).flatMap((text) => paragraph(text, 6, style)),
    `    ${style.faint(cases[0] ?? '')}${cases.length > 1 ? style.faint(` and ${cases.length - 1} more`) : ''}`,
  ]);
  return [[style.strong(change), ...entries].join('\n')];
}

function entry(clause: ClauseChange, style: Style): string {
  const paint = paintOf(clause.change, style);
  const before = clause.statementBefore;
  return [
    `  ${paint(clause.id)}`,
    ...paragraph(clause.statement, 4, style),
    ...(before === undefined ? [] : paragraph(`before: ${before}`, 4, style)),
    ...groupCases(clause.cases).flatMap(({ head, because }) => [
      `    ${head}`,
      ...because.slice(0, mostSentences).flatMap((text) => paragraph(text, 6, style)),
      ...(because.length > mostSentences ? [`      and ${because.length - mostSentences} more, see --json`] : []),
    ]),
  ].join('\n');
}

function paragraph(text: string, indent: number, style: Style): readonly string[] {
  return wrap(text, style.width - indent).map((line) => ' '.repeat(indent) + style.faint(line));
}

function paintOf(change: Change, style: Style): Paint {
  if (change === 'regressed') return style.bad;
  return change === 'fixed' ? style.good : style.doubtful;
}

function closing(diff: RunDiff, style: Style): readonly string[] {
  const { vacuous, ended, name } = diff.after;
  const paint = diff.counts.clauses.regressed > 0 ? style.bad : style.good;
  return [
    ...(vacuous === undefined ? [] : wrap(`${name}: ${vacuous}`, style.width).map((line) => style.doubtful(line))),
    ...(ended === 'completed' ? [] : [style.doubtful(`${name} did not complete: ${ended}.`)]),
    wrap(describeCounts(diff), style.width).map(paint).join('\n'),
  ];
}
