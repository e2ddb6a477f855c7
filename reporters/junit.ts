/**
 * `junit.xml`: one suite per operation, one test case per case, in the dialect that GitLab, Jenkins and GitHub read.
 *
 * What was not decided is skipped with its reason, both as message and as text, since readers show either. A case
 * that broke is an error, a SHOULD that did not hold has passed and says so.
 */
import { groupBy } from '../src/report/group-by.ts';
import { printable } from '../src/report/printable.ts';
import type { CaseReport, ClauseReport, Reporter, RunRecord, RunReport } from '../src/report/record.ts';
import { sentence, wordMend } from '../src/report/run-verdict.ts';
import { tellCase } from '../src/report/tell-case.ts';
import { formatXml, type XmlElement } from './xml.ts';

export const junitReporter: Reporter = {
  id: 'junit',
  summary: 'junit.xml, for CI systems',
  render: (record) => [{ path: 'junit.xml', text: formatXml(suites(record)) }],
};

function suites(record: RunRecord): XmlElement {
  const { report } = record;
  const byOperation = groupBy(report.cases, ({ operation }) => operation);
  return {
    name: 'testsuites',
    attributes: { name: report.tool.name, ...tallyOf(report.cases), time: seconds(report.run.durationMs) },
    children: [...byOperation].map(([operation, cases], index) => suite(record, operation, cases, index)),
  };
}

function suite(record: RunRecord, operation: string, cases: readonly CaseReport[], index: number): XmlElement {
  const { report } = record;
  const clauses = new Map(report.clauses.map((clause) => [clause.id, clause]));
  const skipped = cases.filter(({ verdict }) => elementOf[verdict.is] === 'skipped').length;
  return {
    name: 'testsuite',
    attributes: {
      name: operation,
      id: index,
      ...tallyOf(cases),
      skipped,
      time: seconds(cases.reduce((sum, { durationMs }) => sum + durationMs, 0)),
      timestamp: report.run.startedAt.slice(0, 'yyyy-mm-ddThh:mm:ss'.length),
      hostname: shown(report.target.name),
    },
    children: [
      properties(runProperties(report)),
      ...cases.map((result) => testcase(record, result, clauses.get(result.clause))),
    ],
  };
}

function testcase(record: RunRecord, result: CaseReport, clause: ClauseReport | undefined): XmlElement {
  return {
    name: 'testcase',
    attributes: { name: result.id, classname: result.operation, time: seconds(result.durationMs) },
    children: [properties(caseProperties(result, clause)), ...outcome(record, result, clause)],
  };
}

const elementOf = {
  pass: undefined,
  warn: 'system-out',
  fail: 'failure',
  error: 'error',
  inconclusive: 'skipped',
  waived: 'skipped',
  'not-attempted': 'skipped',
  'not-applicable': 'skipped',
} as const satisfies Record<CaseReport['verdict']['is'], string | undefined>;

function outcome(record: RunRecord, result: CaseReport, clause: ClauseReport | undefined): readonly XmlElement[] {
  const { verdict } = result;
  switch (verdict.is) {
    case 'pass':
      return [];
    case 'warn':
      return [{ name: 'system-out', text: story(record, result, clause) }];
    case 'fail':
      return [
        {
          name: 'failure',
          attributes: { message: shown(headline(record, result)), type: verdict.findings[0].kind },
          text: story(record, result, clause),
        },
      ];
    case 'error':
      return [
        {
          name: 'error',
          attributes: { message: shown(sentence(verdict.reason)), type: 'error' },
          text: [sentence(verdict.reason), ...repeats(record, result)].map(shown).join('\n'),
        },
      ];
    case 'waived':
      return [skip('waived', `${sentence(verdict.waiver)} ${headline(record, result)}`)];
    case 'inconclusive':
      return [skip('inconclusive', `${sentence(verdict.reason)} Cause: ${sentence(verdict.cause)}`)];
    case 'not-attempted':
      return [skip('not attempted', `${sentence(verdict.reason)}${wordMend(verdict.mend)}`)];
    case 'not-applicable':
      return [skip('not applicable', sentence(verdict.reason))];
  }
}

function skip(kind: string, reason: string): XmlElement {
  const message = shown(`${kind}: ${reason}`);
  return { name: 'skipped', attributes: { message }, text: message };
}

/** Statement and source, each finding as a sentence, and how to repeat it. */
function story(record: RunRecord, result: CaseReport, clause: ClauseReport | undefined): string {
  const { findings } = tellCase(record, result);
  const promise = clause ? [clause.statement, `Source: ${place(clause)}, ${clause.source.section}`] : [];
  return [...promise, ...findings.map((finding) => finding.sentence), ...repeats(record, result)].map(shown).join('\n');
}

function repeats(record: RunRecord, result: CaseReport): readonly string[] {
  return tellCase(record, result).repeats.map(({ identity, curl }) => `As ${printable(identity)}: ${curl}`);
}

function headline(record: RunRecord, result: CaseReport): string {
  const { findings } = tellCase(record, result);
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  return `${findings[0]?.sentence ?? ''}${more}`;
}

function properties(values: Readonly<Record<string, string>>): XmlElement {
  const children = Object.entries(values).map(([name, value]): XmlElement => ({
    name: 'property',
    attributes: { name, value: shown(value) },
  }));
  return { name: 'properties', children };
}

function runProperties({ run, target, contract, verdict, tool }: RunReport): Readonly<Record<string, string>> {
  return {
    run: run.name,
    tool: `${tool.name} ${tool.version}`,
    target: printable(target.name),
    microversions: printable(target.microversions),
    reference: `${contract.origin.title}, ${contract.origin.revision}`,
    'run verdict': verdict,
  };
}

function caseProperties(result: CaseReport, clause: ClauseReport | undefined): Readonly<Record<string, string>> {
  return {
    clause: result.clause,
    ...(clause && { statement: clause.statement, level: clause.level, source: place(clause) }),
    microversion: result.microversion,
    identities: result.identities.join(' '),
    verdict: result.verdict.is,
    ...(result.evidence !== undefined && { evidence: result.evidence }),
  };
}

function place({ source }: ClauseReport): string {
  return `${source.file}:${source.line}`;
}

function tallyOf(cases: readonly CaseReport[]): Readonly<Record<'tests' | 'failures' | 'errors', number>> {
  return {
    tests: cases.length,
    failures: cases.filter(({ verdict }) => verdict.is === 'fail').length,
    errors: cases.filter(({ verdict }) => verdict.is === 'error').length,
  };
}

/** GitLab reads `[[ATTACHMENT|path]]` anywhere in a text as an order to fetch a file. */
function shown(text: string): string {
  return text.replaceAll('[[ATTACHMENT', '[ [ATTACHMENT');
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
