/**
 * The report of a run on a terminal: target and scope, the table of operations or resources, failures, warnings, cases
 * not decided and why, the cost, leaked resources, and last the verdict.
 */
import { describeVariables } from '../src/report/leak.ts';
import { printable } from '../src/report/printable.ts';
import { groupBy } from '../src/group-by.ts';
import type { RunRecord } from '../src/report/record.ts';
import type { RunReport, WaiverReport } from '../src/records/report.ts';
import { exitCode, describeUndecided } from '../src/report/run-verdict.ts';
import { countOpen, totalOf } from '../src/report/tally.ts';
import { groupUndecided, type UndecidedGroup } from '../src/report/undecided.ts';
import { describeConfirmed } from '../src/report/describe-confirmed.ts';
import { describeRebuilds } from '../src/report/describe-rebuilds.ts';
import { describeScope } from '../src/report/describe-scope.ts';
import { describeInsecure } from '../src/report/describe-insecure.ts';
import { describeInventory } from '../src/report/describe-inventory.ts';
import { describeMade } from '../src/report/describe-made.ts';
import { describeParts, describeRetried, describeShard } from '../src/report/describe-parts.ts';
import { describeSuites } from '../src/report/describe-suite.ts';
import { describeMicroversions, describeReferences } from '../src/report/describe-target.ts';
import { describeWaiverReport } from '../src/report/describe-waiver.ts';
import { costLines } from './terminal/cost.ts';
import { deviations, type DeviationKind } from './terminal/deviations.ts';
import { fit, type Entry, type Section } from './terminal/fit.ts';
import { labelled, shorten, wrap } from './terminal/layout.ts';
import { operationsTable } from './terminal/operations.ts';
import { styleOf, type Style, type TerminalOptions } from './terminal/style.ts';

export type { TerminalOptions } from './terminal/style.ts';

/** The text, ending with a newline. */
export function renderTerminal(record: RunRecord, options: TerminalOptions): string {
  const style = styleOf(options);
  const { report } = record;
  const groups = groupUndecided(report.cases);
  const notDecided = groups.filter(({ kind }) => kind !== 'not-applicable');
  const notApplicable = groups.filter(({ kind }) => kind === 'not-applicable');
  const part = (title: string, texts: readonly string[], weight: number, least: number): Section => ({
    ...withRest(title, weight, least, style),
    entries: texts.map((full) => ({ full })),
  });
  const deviationSection = (title: string, kind: DeviationKind, weight: number): Section => ({
    ...withRest(title, weight, 1, style),
    entries: deviations(record, kind, style),
  });
  return `${fit(
    [
      fixed(opening(report, style)),
      fixed(operationsTable(report, style).join('\n')),
      deviationSection('Failures', 'fail', 12),
      deviationSection('Warnings', 'warn', 5),
      deviationSection('Waived failures', 'waived', 4),
      part('Confirmed failures', lines(describeConfirmed(report, 'fail'), style), 6, 1),
      part('Retried cases', lines(describeRetried(report), style), 6, 1),
      part('Rebuilt fixtures', lines(describeRebuilds(report), style), 6, 1),
      { ...withRest('Not decided', 9, 4, style), entries: notDecided.map((group) => undecided(group, style)) },
      { ...withRest('Not applicable', 1, 0, style), entries: notApplicable.map((group) => undecided(group, style)) },
      part(
        `Waivers (${report.waivers.length})`,
        report.waivers.map((waiver) => waiverLines(waiver, style)),
        7,
        1,
      ),
      part('Other suites', otherSuites(report, style), 8, 1),
      part(`Errata applied (${report.errata.length})`, errata(report, style), 3, 0),
      part('Inventory', inventory(report, style), 2, 0),
      part(
        'Cost',
        costLines(report).map((line) => `  ${line}`),
        10,
        1,
      ),
      kept(report, style),
      leaks(report, style),
      fixed(closing(report, style, options.exitCode ?? exitCode(report))),
    ],
    mostLines(report),
    style.width,
  )}\n`;
}

/** More lines are not read on a terminal; the report files have the rest. A small run shows every failure in detail. */
function mostLines({ cases }: RunReport): number {
  return cases.length > 2_000 ? 80 : 200;
}

function fixed(text: string): Section {
  return { entries: [{ full: text }], least: 1, rest: () => '' };
}

function withRest(title: string, weight: number, least: number, style: Style): Omit<Section, 'entries'> {
  return {
    title: style.strong(title),
    weight,
    least,
    rest: (count) => style.faint(`  ${count} more in report.html`),
  };
}

function opening(report: RunReport, style: Style): string {
  const { tool, run, target, contracts } = report;
  const layout = { indent: 0, column: 11, width: style.width };
  const insecure = describeInsecure(target);
  const made = describeMade(target);
  const [shard, parts] = [describeShard(run), describeParts(run)];
  const endpoints = Object.entries(target.services)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, { endpoint }]) => `${printable(service)} ${printable(endpoint)}`);
  return [
    labelled('run', `${run.name}, ${run.startedAt}, ${tool.name} ${tool.version}`, layout),
    ...(shard === undefined ? [] : [labelled('part', shard, layout)]),
    ...(parts === undefined ? [] : [labelled('includes', parts, layout)]),
    labelled('target', `${printable(target.name)}, microversions ${printable(describeMicroversions(target))}`, layout),
    ...endpoints.map((endpoint) => labelled('', endpoint, layout, style.faint)),
    ...(made === undefined ? [] : [labelled('identities', made, layout)]),
    ...(insecure === undefined ? [] : [labelled('WARNING', insecure, layout, style.strong)]),
    labelled('reference', describeReferences(contracts), layout),
    labelled('scope', describeScope(report), layout),
  ].join('\n');
}

function lines(sentences: readonly string[], style: Style): readonly string[] {
  return sentences.flatMap((line) => wrap(line, style.width - 2).map((part) => `  ${part}`));
}

function undecided(group: UndecidedGroup, style: Style): Entry {
  const [first = '', ...others] = group.cases;
  const words = describeUndecided(group);
  const lines = wrap(words, style.width - 2);
  const example = others.length === 0 ? first : `${first} and ${others.length} more`;
  return {
    full: [...lines.map((line) => `  ${line}`), `    ${style.faint(example)}`].join('\n'),
    brief: `  ${shorten(words, style.width - 2)}`,
  };
}

function waiverLines(waiver: WaiverReport, style: Style): string {
  return wrap(describeWaiverReport(waiver), style.width - 2)
    .map((line) => `  ${line}`)
    .join('\n');
}

function otherSuites(report: RunReport, style: Style): readonly string[] {
  return describeSuites(report).flatMap((line) => wrap(line, style.width - 2).map((part) => `  ${part}`));
}

/** Names only; the other reports have the text of each erratum. */
function errata({ errata: used }: RunReport, style: Style): readonly string[] {
  if (used.length === 0) return [];
  const names = used.map(({ id }) => printable(id)).join(', ');
  return wrap(names, style.width - 2).map((line) => `  ${line}`);
}

function inventory({ inventories = [] }: RunReport, style: Style): readonly string[] {
  const lines = inventories.flatMap((one) => [
    ...(inventories.length > 1 ? [`${one.run}:`] : []),
    ...describeInventory(one),
  ]);
  return lines.flatMap((line) => wrap(line, style.width - 2)).map((line) => `  ${line}`);
}

/** The verdict in one line, after the reason why the run is vacuous, if it is. */
function closing(report: RunReport, style: Style, code: number): string {
  const { verdict, vacuous, counts, run } = report;
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
    ...(vacuous === undefined ? [] : wrap(vacuous, style.width).map((line) => style.doubtful(line))),
    labelled('scope', describeScope(report), { indent: 0, column: 7, width: style.width }),
    `${paint(style.strong(verdict))}: ${facts.join(', ')}`,
  ].join('\n');
}

function kept({ kept: all = [] }: RunReport, style: Style): Section {
  return {
    ...withRest(`Kept resources (${all.length})`, 9, 1, style),
    entries: [...groupBy(all, (one) => one.case)].map(([of, resources]) => ({
      full: [
        `  for ${printable(of)}`,
        ...resources.map(({ type, id }) => `    ${printable(type)} ${printable(id)}`),
      ].join('\n'),
      brief: `  for ${printable(of)}: ${resources.length}`,
    })),
    rest: (count) => `  ${count} more in report.html`,
  };
}

function leaks({ leaks: left }: RunReport, style: Style): Section {
  return {
    ...withRest(`Leaked resources (${left.length})`, 13, 2, style),
    title: style.bad(style.strong(`Leaked resources (${left.length})`)),
    entries: left.map(({ type, id, name, command, variables }) => ({
      full: `  ${printable(type)} ${printable(name)} (${printable(id)})${describeVariables(variables)}\n    ${printable(command, 1000)}`,
      brief: `  ${printable(command, 1000)}`,
    })),
    rest: (count) => style.bad(`  ${count} more in report.html; openstack-conformance cleanup removes all of them`),
  };
}
