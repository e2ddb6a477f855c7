/**
 * `summary.md`: what a release does, with nothing of the one cloud that showed it: no ids, no addresses, no times.
 *
 * Two runs of one release give the same page, so that it can be kept under version control and compared by eye.
 */
import { groupBy } from '../src/group-by.ts';
import { ofAnyRun } from '../src/report/of-any-run.ts';
import type { CaseReport, Reporter, RunRecord, RunReport } from '../src/report/record.ts';
import { sentence, wordUndecided } from '../src/report/run-verdict.ts';
import { countVerdicts, listedKinds, totalOf } from '../src/report/tally.ts';
import { groupUndecided, type UndecidedGroup } from '../src/report/undecided.ts';
import { wordFailedRoll } from '../src/report/word-census.ts';
import { wordStatus } from '../src/report/word-finding.ts';
import { wordScope } from '../src/report/word-scope.ts';
import { wordSuites } from '../src/report/word-suite.ts';
import { wordWaiverReport } from '../src/report/word-waiver.ts';
import { fitPage } from './fit-page.ts';
import { code, prose } from './markdown-text.ts';

export const summaryReporter: Reporter = {
  id: 'summary',
  summary: 'summary.md, what a release does without a trace of the one cloud',
  render: (record) => [{ path: 'summary.md', text: fitPage(page(record)) }],
};

/** Of one clause; the other reports have all of them. */
const mostAnswers = 3;

function page(record: RunRecord): readonly string[] {
  const { report } = record;
  const { verdict, target, contract, tool, counts, cases } = report;
  const all = countVerdicts(cases.map(({ verdict: { is } }) => is));
  const kinds = listedKinds.filter((kind) => all[kind] > 0);
  return [
    `# ${verdict}, microversions ${target.microversions}`,
    `Scope: ${prose(wordScope(report))}.`,
    `Held to ${prose(contract.origin.title)}, revision ${contract.origin.revision}, by ${tool.name} ${tool.version}: ` +
      `${totalOf(counts.clauses)} clauses, ${totalOf(counts.cases)} cases.`,
    [
      row(['operation', 'cases', ...kinds]),
      row(['---', ...['cases', ...kinds].map(() => '---:')]),
      ...[...groupBy(cases, ({ operation }) => operation)].map(([operation, own]) => {
        const mine = countVerdicts(own.map(({ verdict: { is } }) => is));
        return row([operation, String(own.length), ...kinds.map((kind) => String(mine[kind]))]);
      }),
    ].join('\n'),
    ...departures(record, 'fail', 'What a MUST asks for and the release does not do'),
    ...departures(record, 'warn', 'What a SHOULD asks for and the release does not do'),
    ...list(
      'Other suites',
      wordSuites(report).map((told) => prose(told)),
    ),
    ...list(
      'Waivers',
      report.waivers.map((waiver) => code(wordWaiverReport(waiver), 8000)),
    ),
    ...undecided(cases),
    ...list('Left behind', leftBehind(report)),
    ...list('Not counted', notCounted(report)),
    ...list(
      'Errata met',
      report.errata.map(({ id, reading }) => `${code(id)}: ${prose(sentence(reading))}`),
    ),
  ];
}

function departures(record: RunRecord, kind: 'fail' | 'warn', title: string): readonly string[] {
  const { report } = record;
  const clauses = new Map(report.clauses.map(({ id, statement }) => [id, statement]));
  const departed = groupBy(
    report.cases.filter(({ verdict }) => verdict.is === kind),
    ({ clause }) => clause,
  );
  return list(
    title,
    [...departed].map(([id, cases]) => {
      const versions = cases.map(({ microversion }) => microversion).join(', ');
      return `${prose(clauses.get(id) ?? '')} (${code(id)} at ${versions})${answers(record, cases)}`;
    }),
  );
}

/** Of statuses that were not expected: what the service says of them, each text once. */
function answers({ evidence }: RunRecord, cases: readonly CaseReport[]): string {
  const texts = cases.flatMap(({ id, verdict }) => {
    const findings = 'findings' in verdict ? verdict.findings : [];
    const exchanges = evidence(id);
    return findings.flatMap((finding) => {
      if (finding.kind !== 'status') return [];
      const exchange = exchanges.find((one) => one.id === finding.exchange);
      return [code(ofAnyRun(wordStatus(finding.seen, exchange)))];
    });
  });
  const [first, ...others] = new Set(texts);
  if (first === undefined) return '';
  const rest = others.slice(0, mostAnswers - 1);
  const more = others.length - rest.length;
  return `: answered ${[first, ...rest].join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function undecided(cases: readonly CaseReport[]): readonly string[] {
  const groups = groupUndecided(cases);
  return [
    ...list('Not decided', groups.filter(({ kind }) => kind !== 'not-applicable').map(wordGroup)),
    ...list('Not applicable', groups.filter(({ kind }) => kind === 'not-applicable').map(wordGroup)),
  ];
}

function wordGroup(group: UndecidedGroup): string {
  return code(ofAnyRun(wordUndecided(group)));
}

/** By type alone: ids and names are of the one cloud. */
function leftBehind({ leaks }: RunReport): readonly string[] {
  return [...groupBy(leaks, ({ type }) => type)].map(([type, own]) => `${own.length} of type ${code(type)}`);
}

/** Lists that a census needs and that did not come. What others did meanwhile is of the one cloud. */
function notCounted({ censuses = [] }: RunReport): readonly string[] {
  const failed = censuses.flatMap(({ before, after }) => [...before, ...after].flatMap(wordFailedRoll));
  return [...new Set(failed)].map((sentence) => code(sentence, 8000));
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, lines.map((line) => `- ${line}`).join('\n')];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
