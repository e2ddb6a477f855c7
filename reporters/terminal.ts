/**
 * The end of a run on a terminal: what was held against which target, the table of operations, every departure, what
 * was not decided and why, the cost, the verdict, and last, in full, what was left behind.
 */
import { printable } from '../src/report/printable.ts';
import type { RunRecord, RunReport, WaiverReport } from '../src/report/record.ts';
import { exitCode, wordUndecided } from '../src/report/run-verdict.ts';
import { countOpen, totalOf } from '../src/report/tally.ts';
import { groupUndecided, type UndecidedGroup } from '../src/report/undecided.ts';
import { wordConfirmed } from '../src/report/word-confirmed.ts';
import { wordRebuilds } from '../src/report/word-rebuilds.ts';
import { wordScope } from '../src/report/word-scope.ts';
import { wordInsecure } from '../src/report/word-insecure.ts';
import { wordCensus } from '../src/report/word-census.ts';
import { wordMade } from '../src/report/word-made.ts';
import { wordParts, wordRetried, wordShard } from '../src/report/word-parts.ts';
import { wordSuites } from '../src/report/word-suite.ts';
import { wordWaiverReport } from '../src/report/word-waiver.ts';
import { costLines } from './terminal/cost.ts';
import { departures } from './terminal/departures.ts';
import { labelled, wrap } from './terminal/layout.ts';
import { operationsTable } from './terminal/operations.ts';
import { styleOf, type Style, type TerminalOptions } from './terminal/style.ts';

export type { TerminalOptions } from './terminal/style.ts';

/** The text, ending with a newline. */
export function renderTerminal(record: RunRecord, options: TerminalOptions): string {
  const style = styleOf(options);
  const { report } = record;
  const groups = groupUndecided(report.cases);
  const open = groups.filter(({ kind }) => kind !== 'not-applicable');
  const unbound = groups.filter(({ kind }) => kind === 'not-applicable');
  const sections = [
    opening(report, style),
    operationsTable(report, style).join('\n'),
    ...departures(record, 'waived', style),
    ...departures(record, 'warn', style),
    ...departures(record, 'fail', style),
    ...section('Confirmed', lines(wordConfirmed(report, 'fail'), style), style),
    ...section('Tried again', lines(wordRetried(report), style), style),
    ...section('Fixtures built again', lines(wordRebuilds(report), style), style),
    ...section(
      'Not decided',
      open.map((group) => undecided(group, style)),
      style,
    ),
    ...section(
      'Not applicable',
      unbound.map((group) => undecided(group, style)),
      style,
    ),
    ...section(
      `Waivers (${report.waivers.length})`,
      report.waivers.map((waiver) => waiverLines(waiver, style)),
      style,
    ),
    ...section('Other suites', otherSuites(report, style), style),
    ...section(`Errata used (${report.errata.length})`, errata(report, style), style),
    ...section('Census', census(report, style), style),
    ...section(
      'Cost',
      costLines(report).map((line) => `  ${line}`),
      style,
    ),
    closing(report, style, options.exitCode ?? exitCode(report)),
    ...leaks(report, style),
  ];
  return `${sections.join('\n\n')}\n`;
}

function section(title: string, entries: readonly string[], style: Style): readonly string[] {
  return entries.length === 0 ? [] : [[style.strong(title), ...entries].join('\n')];
}

function opening(report: RunReport, style: Style): string {
  const { tool, run, target, contract } = report;
  const layout = { indent: 0, column: 11, width: style.width };
  const insecure = wordInsecure(target);
  const made = wordMade(target);
  const [shard, parts] = [wordShard(run), wordParts(run)];
  const endpoints = Object.entries(target.endpoints)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, url]) => `${printable(service)} ${printable(url)}`);
  return [
    labelled('run', `${run.name}, ${run.startedAt}, ${tool.name} ${tool.version}`, layout),
    ...(shard === undefined ? [] : [labelled('part', shard, layout)]),
    ...(parts === undefined ? [] : [labelled('takes in', parts, layout)]),
    labelled('target', `${printable(target.name)}, microversions ${printable(target.microversions)}`, layout),
    ...endpoints.map((endpoint) => labelled('', endpoint, layout, style.faint)),
    ...(made === undefined ? [] : [labelled('identities', made, layout)]),
    ...(insecure === undefined ? [] : [labelled('WARNING', insecure, layout, style.strong)]),
    labelled('reference', `${contract.origin.title}, ${contract.origin.revision}`, layout),
    labelled('scope', wordScope(report), layout),
  ].join('\n');
}

function lines(sentences: readonly string[], style: Style): readonly string[] {
  return sentences.flatMap((line) => wrap(line, style.width - 2).map((part) => `  ${part}`));
}

function undecided(group: UndecidedGroup, style: Style): string {
  const [first = '', ...others] = group.cases;
  const lines = wrap(wordUndecided(group), style.width - 2);
  const example = others.length === 0 ? first : `${first} and ${others.length} more`;
  return [...lines.map((line) => `  ${line}`), `    ${style.faint(example)}`].join('\n');
}

function waiverLines(waiver: WaiverReport, style: Style): string {
  return wrap(wordWaiverReport(waiver), style.width - 2)
    .map((line) => `  ${line}`)
    .join('\n');
}

function otherSuites(report: RunReport, style: Style): readonly string[] {
  return wordSuites(report).flatMap((line) => wrap(line, style.width - 2).map((part) => `  ${part}`));
}

/** By name only; what each says stands in the other reports. */
function errata({ errata: used }: RunReport, style: Style): readonly string[] {
  if (used.length === 0) return [];
  const names = used.map(({ id }) => printable(id)).join(', ');
  return wrap(names, style.width - 2).map((line) => `  ${line}`);
}

function census({ censuses = [] }: RunReport, style: Style): readonly string[] {
  const lines = censuses.flatMap((one) => [...(censuses.length > 1 ? [`${one.run}:`] : []), ...wordCensus(one)]);
  return lines.flatMap((line) => wrap(line, style.width - 2)).map((line) => `  ${line}`);
}

/** The verdict in one line; before it why the run is hollow or broke off, if so. */
function closing(report: RunReport, style: Style, code: number): string {
  const { verdict, hollow, counts, run } = report;
  const paint = {
    conformant: style.good,
    passed: style.strong,
    'non-conformant': style.bad,
    partial: style.doubtful,
  }[verdict];
  const { clauses, cases } = counts;
  const open = countOpen(cases);
  const facts = [
    `${clauses.fail} of ${totalOf(clauses)} clauses failed`,
    `${open} of ${totalOf(cases)} cases not decided`,
    ...(run.ended === 'completed' ? [] : [run.ended]),
    `exit code ${code}`,
  ];
  return [
    ...(hollow === undefined ? [] : wrap(hollow, style.width).map((line) => style.doubtful(line))),
    labelled('scope', wordScope(report), { indent: 0, column: 7, width: style.width }),
    `${paint(style.strong(verdict))}: ${facts.join(', ')}`,
  ].join('\n');
}

function leaks({ leaks: left }: RunReport, style: Style): readonly string[] {
  if (left.length === 0) return [];
  const entries = left.flatMap(({ type, id, name, command }) => [
    `  ${printable(type)} ${printable(name)} (${printable(id)})`,
    `    ${printable(command, 1000)}`,
  ]);
  return [[style.bad(style.strong(`Left behind (${left.length})`)), ...entries].join('\n')];
}
