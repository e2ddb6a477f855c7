/**
 * `summary.md`: the results of a release without data of the tested cloud: no ids, no addresses, no times.
 *
 * Two runs of one release give the same page, so that it can be kept under version control and compared.
 */
import { groupBy } from '../src/group-by.ts';
import { ofAnyRun } from '../src/report/without-run-details.ts';
import type { CaseReport, RunReport } from '../src/records/report.ts';
import type { Reporter, RunRecord } from '../src/report/record.ts';
import { sentence, describeUndecided } from '../src/report/run-verdict.ts';
import { countVerdicts, listedKinds, totalOf } from '../src/report/tally.ts';
import { groupUndecided, type UndecidedGroup } from '../src/report/undecided.ts';
import { describeFailedList } from '../src/report/describe-inventory.ts';
import { describeStatus } from '../src/report/describe-finding.ts';
import { describeScope } from '../src/report/describe-scope.ts';
import { describeSuites } from '../src/report/describe-suite.ts';
import { describeMicroversions } from '../src/report/describe-target.ts';
import { describeWaiverReport } from '../src/report/describe-waiver.ts';
import { fitPage } from './fit-page.ts';
import { code, prose } from './markdown-text.ts';

export const summaryReporter: Reporter = {
  id: 'summary',
  summary: 'summary.md, the results of a release without ids, addresses and times of the cloud',
  render: (record) => [{ path: 'summary.md', text: fitPage(page(record)) }],
};

/** The number of responses shown per clause; the other reports show all of them. */
const mostResponses = 3;

function page(record: RunRecord): readonly string[] {
  const { report } = record;
  const { verdict, target, contracts, tool, counts, cases } = report;
  const all = countVerdicts(cases.map(({ verdict: { is } }) => is));
  const kinds = listedKinds.filter((kind) => all[kind] > 0);
  return [
    `# ${verdict}, microversions ${describeMicroversions(target)}`,
    `Scope: ${prose(describeScope(report))}.`,
    `Tested against ${contracts.map(({ origin }) => `${prose(origin.title)}, revision ${origin.revision}`).join(', and ')}, by ${tool.name} ${tool.version}: ` +
      `${totalOf(counts.clauses)} clauses, ${totalOf(counts.cases)} cases.`,
    [
      row(['operation', 'cases', ...kinds]),
      row(['---', ...['cases', ...kinds].map(() => '---:')]),
      ...[...groupBy(cases, ({ operation }) => operation)].map(([operation, own]) => {
        const mine = countVerdicts(own.map(({ verdict: { is } }) => is));
        return row([operation, String(own.length), ...kinds.map((kind) => String(mine[kind]))]);
      }),
    ].join('\n'),
    ...deviations(record, 'fail', 'Failures'),
    ...deviations(record, 'warn', 'Warnings'),
    ...list(
      'Other suites',
      describeSuites(report).map((line) => prose(line)),
    ),
    ...list(
      'Waivers',
      report.waivers.map((waiver) => code(describeWaiverReport(waiver), 8000)),
    ),
    ...undecided(cases),
    ...list('Leaked resources', leaked(report)),
    ...list('Incomplete inventory', notListed(report)),
    ...list(
      'Errata applied',
      report.errata.map(({ id, reading }) => `${code(id)}: ${prose(sentence(reading))}`),
    ),
  ];
}

function deviations(record: RunRecord, kind: 'fail' | 'warn', title: string): readonly string[] {
  const { report } = record;
  const clauses = new Map(report.clauses.map(({ id, statement }) => [id, statement]));
  const deviating = groupBy(
    report.cases.filter(({ verdict }) => verdict.is === kind),
    ({ clause }) => clause,
  );
  return list(
    title,
    [...deviating].map(([id, cases]) => {
      const versions = cases.map(({ microversion }) => microversion).join(', ');
      return `${prose(clauses.get(id) ?? '')} (${code(id)} at ${versions})${responses(record, cases)}`;
    }),
  );
}

/** The unexpected statuses with the service's own messages, each text once. */
function responses({ evidence }: RunRecord, cases: readonly CaseReport[]): string {
  const texts = cases.flatMap(({ id, verdict }) => {
    const findings = 'findings' in verdict ? verdict.findings : [];
    const exchanges = evidence(id);
    return findings.flatMap((finding) => {
      if (finding.kind !== 'status') return [];
      const exchange = exchanges.find((one) => one.id === finding.exchange);
      return [code(ofAnyRun(describeStatus(finding.seen, exchange)))];
    });
  });
  const [first, ...others] = new Set(texts);
  if (first === undefined) return '';
  const rest = others.slice(0, mostResponses - 1);
  const more = others.length - rest.length;
  return `: answered ${[first, ...rest].join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function undecided(cases: readonly CaseReport[]): readonly string[] {
  const groups = groupUndecided(cases);
  return [
    ...list('Not decided', groups.filter(({ kind }) => kind !== 'not-applicable').map(describeGroup)),
    ...list('Not applicable', groups.filter(({ kind }) => kind === 'not-applicable').map(describeGroup)),
  ];
}

function describeGroup(group: UndecidedGroup): string {
  return code(ofAnyRun(describeUndecided(group)));
}

/** Counts by type: ids and names are data of the tested cloud. */
function leaked({ leaks }: RunReport): readonly string[] {
  return [...groupBy(leaks, ({ type }) => type)].map(([type, own]) => `${own.length} of type ${code(type)}`);
}

/** Resource lists that the inventory could not read. Changes by other clients are data of the tested cloud. */
function notListed({ inventories = [] }: RunReport): readonly string[] {
  const failed = inventories.flatMap(({ before, after }) => [...before, ...after].flatMap(describeFailedList));
  return [...new Set(failed)].map((sentence) => code(sentence, 8000));
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, lines.map((line) => `- ${line}`).join('\n')];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
