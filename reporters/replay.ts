/**
 * One case in two runs: the verdicts, the findings, and the commands that repeat the requests.
 */
import { printable } from '../src/report/printable.ts';
import type { RunRecord } from '../src/report/record.ts';
import { sentence } from '../src/report/run-verdict.ts';
import { describeCase } from '../src/report/describe-case.ts';
import { labelled, wrap } from './terminal/layout.ts';
import { styleOf, type Style, type TerminalOptions } from './terminal/style.ts';

/** The text, ending with a newline. */
export function renderReplay(before: RunRecord, after: RunRecord, id: string, options: TerminalOptions): string {
  const style = styleOf(options);
  const clause = after.report.clauses.find(({ cases }) => cases.includes(id));
  const targets = [before, after].map(({ report }) => report.target.name);
  return [
    style.strong(id),
    ...(clause ? wrap(clause.statement, style.width) : []),
    '',
    ...sideLines('before', before, id, style),
    '',
    ...sideLines('now', after, id, style),
    ...(targets[0] === targets[1] ? [] : ['', `The targets differ: before, it was ${printable(targets[0] ?? '')}.`]),
    '',
  ].join('\n');
}

const column = 9;

function sideLines(label: string, record: RunRecord, id: string, style: Style): readonly string[] {
  const layout = { indent: 0, column, width: style.width };
  const { run, target } = record.report;
  const one = record.report.cases.find((candidate) => candidate.id === id);
  if (!one) return [labelled(label, 'not planned', layout)];
  const { findings, repeats } = describeCase(record, one);
  const reason = 'reason' in one.verdict ? one.verdict.reason : undefined;
  const paint = style.verdict[one.verdict.is];
  const margin = ' '.repeat(column);
  return [
    `${label.padEnd(column)}${paint(style.strong(one.verdict.is))}  ${run.name}, ${run.startedAt}, ${printable(target.name)}`,
    ...(reason === undefined ? [] : [labelled('', sentence(reason), layout)]),
    ...findings.map((finding) => labelled('', finding.sentence, layout)),
    ...repeats.map(({ identity, curl }) => `${margin}as ${printable(identity)}: ${curl}`),
    ...(one.evidence === undefined ? [] : [labelled('', printable(one.evidence), layout, style.faint)]),
  ];
}
