/**
 * `report.md`: the run on one page, for the summary of a CI step or a merge request.
 *
 * Text from the target appears only in code spans and code blocks, so that none of it becomes markup.
 */
import { groupBy } from '../src/group-by.ts';
import type { OperationId } from '../src/contract/model.ts';
import { groupFindings, type FindingGroup } from '../src/report/finding-groups.ts';
import { describeVariables } from '../src/report/leak.ts';
import { printable } from '../src/report/printable.ts';
import type { CaseReport, ClauseReport, RunReport } from '../src/records/report.ts';
import type { Reporter, RunRecord } from '../src/report/record.ts';
import { resourcesOf, type Resource } from '../src/report/resources.ts';
import { sentence, describeUndecided } from '../src/report/run-verdict.ts';
import { countVerdicts, listedKinds, totalOf } from '../src/report/tally.ts';
import { describeCase } from '../src/report/describe-case.ts';
import { groupUndecided } from '../src/report/undecided.ts';
import { describeConfirmed } from '../src/report/describe-confirmed.ts';
import { describeRebuilds } from '../src/report/describe-rebuilds.ts';
import { describeScope } from '../src/report/describe-scope.ts';
import { describeInventory } from '../src/report/describe-inventory.ts';
import { describeDuration } from '../src/report/describe-duration.ts';
import { describeLowered } from '../src/report/describe-limits.ts';
import { describeInsecure } from '../src/report/describe-insecure.ts';
import { describeMade } from '../src/report/describe-made.ts';
import { describeParts, describeRetried, describeShard } from '../src/report/describe-parts.ts';
import { isExtension, describeSuites } from '../src/report/describe-suite.ts';
import { describeMicroversions } from '../src/report/describe-target.ts';
import { describeWaiverReport } from '../src/report/describe-waiver.ts';
import { fitPage } from './fit-page.ts';
import { block, code, prose } from './markdown-text.ts';

export const markdownReporter: Reporter = {
  id: 'markdown',
  summary: 'report.md, for a step summary or a merge request',
  render: (record) => [{ path: 'report.md', text: fitPage(page(record)) }],
};

/** GitHub cuts a step summary at one megabyte; the other reports have the rest. */
const mostDeviations = 50;
const mostCauses = 40;
/** A run of more operations is summarised by resource. */
const mostOperations = 24;

function page(record: RunRecord): readonly string[] {
  const { report } = record;
  const groups = groupUndecided(report.cases);
  const insecure = describeInsecure(report.target);
  return [
    `# ${report.verdict}: ${code(report.target.name)}`,
    `Scope: ${prose(describeScope(report))}.`,
    facts(report),
    ...(insecure === undefined ? [] : [`**${prose(insecure)}**`]),
    ...(report.vacuous === undefined ? [] : [`**${prose(report.vacuous)}**`]),
    operations(report),
    ...deviations(record, 'fail', 'Failures'),
    ...deviations(record, 'warn', 'Warnings'),
    ...deviations(record, 'waived', 'Waived failures'),
    ...section('Confirmed failures', describeConfirmed(report, 'fail')),
    ...section('Retried cases', describeRetried(report)),
    ...section('Rebuilt fixtures', describeRebuilds(report)),
    ...section(
      'Not decided',
      atMost(groups.filter(({ kind }) => kind !== 'not-applicable').map(describeUndecided), mostCauses),
    ),
    ...section(
      'Not applicable',
      atMost(groups.filter(({ kind }) => kind === 'not-applicable').map(describeUndecided), mostCauses),
    ),
    ...section('Other suites', describeSuites(report)),
    ...section('Waivers', report.waivers.map(describeWaiverReport)),
    ...section(
      'Errata applied',
      report.errata.map(({ id, reading }) => `${id}: ${sentence(reading)}`),
    ),
    ...(report.inventories ?? []).flatMap((one) => section(`Inventory of ${one.run}`, describeInventory(one))),
    ...section(
      'Kept resources',
      (report.kept ?? []).map(({ type, name, id, case: of }) => printable(`${type} ${name} (${id}) of ${of}`, 1000)),
    ),
    ...section(
      'Leaked resources',
      report.leaks.map(({ type, name, id, command, variables }) =>
        printable(`${type} ${name} (${id})${describeVariables(variables)}: ${command}`, 1000),
      ),
    ),
  ];
}

function facts(report: RunReport): string {
  const { run, target, contracts, tool, cost } = report;
  const made = describeMade(target);
  const [shard, parts] = [describeShard(run), describeParts(run)];
  return [
    `Run ${code(run.name)} (${run.ended}) of ${run.startedAt}, ${describeDuration(run.durationMs)}, ${cost.exchanges} exchanges.`,
    ...(shard === undefined ? [] : [`This is ${shard}.`]),
    ...(parts === undefined ? [] : [`It includes the results of ${prose(parts)}.`]),
    ...(run.limits ? describeLowered(run.limits) : []),
    `Microversions ${code(describeMicroversions(target))}.`,
    ...(made === undefined ? [] : [`Identities ${made}.`]),
    `Reference: ${contracts.map(({ origin }) => `${prose(origin.title)}, ${code(origin.revision)}`).join('; ')}.`,
    `${tool.name} ${tool.version}.`,
  ].join(' ');
}

function operations(report: RunReport): string {
  const { cases, counts } = report;
  const all = countVerdicts(cases.map(({ verdict }) => verdict.is));
  const kinds = listedKinds.filter((kind) => all[kind] > 0);
  const byOperation = groupBy(cases, ({ operation }) => operation);
  const own = [...byOperation.keys()].filter((operation) => !isExtension(report, operation));
  const extensions = [...byOperation.keys()].filter((operation) => isExtension(report, operation));
  const line = ({ name, operations: of }: Resource): string => {
    const mine = of.flatMap((operation) => byOperation.get(operation) ?? []);
    const counted = countVerdicts(mine.map(({ verdict }) => verdict.is));
    return row([name, String(mine.length), ...kinds.map((kind) => String(counted[kind]))]);
  };
  const one = (operation: OperationId): Resource => ({ name: operation, operations: [operation] });
  const many = own.length > mostOperations;
  const ours = many ? resourcesOf(report.clauses.filter(({ suite }) => suite === undefined)) : own.map(one);
  return [
    row([many ? 'resource' : 'operation', 'cases', ...kinds]),
    row(['---', ...['cases', ...kinds].map(() => '---:')]),
    ...ours.map(line),
    row(['**all**', String(totalOf(counts.cases)), ...kinds.map((kind) => String(counts.cases[kind]))]),
    ...extensions.map(one).map(line),
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function deviations(record: RunRecord, kind: CaseReport['verdict']['is'], title: string): readonly string[] {
  const cases = record.report.cases.filter(({ verdict }) => verdict.is === kind);
  if (cases.length === 0) return [];
  const clauses = new Map(record.report.clauses.map((clause) => [clause.id, clause]));
  const groups = groupFindings(cases);
  const rest = groups.length - mostDeviations;
  return [
    `## ${title}`,
    ...groups.slice(0, mostDeviations).map((group) => deviation(record, group, clauses)),
    ...(rest > 0 ? [`${rest} more findings are in \`report.json\`.`] : []),
  ];
}

/** One finding with its first case and the clauses that it breaks. */
function deviation(
  record: RunRecord,
  { cases, clauses: ids, operations: of }: FindingGroup,
  clauses: ReadonlyMap<string, ClauseReport>,
): string {
  const [first] = cases;
  if (!first) return '';
  const { findings, repeats } = describeCase(record, first);
  const own = cases.filter((one) => one.clause === first.clause).map(({ microversion }) => microversion);
  const others = ids.length - 1;
  const lines = [
    ...findings.map(({ sentence }) => sentence),
    ...(first.verdict.is === 'waived' ? [`Waiver: ${printable(first.verdict.waiver, 8000)}`] : []),
    ...repeats.map(({ identity, shortCurl }) => `As ${printable(identity)}: ${shortCurl}`),
  ];
  const clause = clauses.get(first.clause);
  const extent = `and ${others} more ${others === 1 ? 'clause' : 'clauses'} of ${of.length} ${of.length === 1 ? 'operation' : 'operations'}`;
  const statement = clause
    ? [
        `${prose(clause.statement)} (${code(`${clause.source.file}:${clause.source.line}`)}, ${prose(clause.source.section)})`,
      ]
    : [];
  return [
    `### ${code(first.clause)} at ${own.join(', ')}${others > 0 ? `, ${extent}` : ''}`,
    ...statement,
    block(lines.join('\n')),
    ...(others > 0 ? [`The same finding: ${named(ids.slice(1), 10)}.`] : []),
  ].join('\n\n');
}

function named(ids: readonly string[], most: number): string {
  const rest = ids.length - most;
  return `${ids
    .slice(0, most)
    .map((id) => code(id))
    .join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** A long list ends with the number of omitted entries. */
function atMost(sentences: readonly string[], most: number): readonly string[] {
  const rest = sentences.length - most;
  return rest > 0 ? [...sentences.slice(0, most), `${rest} more in report.html.`] : sentences;
}

function section(title: string, sentences: readonly string[]): readonly string[] {
  return sentences.length === 0 ? [] : [`## ${title}`, block(sentences.join('\n'))];
}
