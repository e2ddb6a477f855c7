/**
 * `junit.xml`: one suite per operation, one test case per case, in the dialect that GitLab, Jenkins and GitHub read.
 *
 * What was not decided is skipped with its reason. A case that broke is an error, a SHOULD that did not hold has
 * passed and says so.
 */
import { groupBy } from '../src/report/group-by.ts';
import { printable } from '../src/report/printable.ts';
import type { CaseReport, ClauseReport, Reporter, RunRecord, RunReport } from '../src/report/record.ts';
import { isSkipped, outcome, placeOf } from './junit/outcome.ts';
import { shown } from './junit/shown.ts';
import { formatXml, type XmlElement } from './xml.ts';

export const junitReporter: Reporter = {
  id: 'junit',
  summary: 'junit.xml, for CI systems',
  render: (record) => [{ path: 'junit.xml', text: formatXml(suites(record)) }],
};

type Clauses = ReadonlyMap<string, ClauseReport>;

function suites(record: RunRecord): XmlElement {
  const { report } = record;
  const clauses: Clauses = new Map(report.clauses.map((clause) => [clause.id, clause]));
  const byOperation = groupBy(report.cases, ({ operation }) => operation);
  return {
    name: 'testsuites',
    attributes: { name: report.tool.name, ...tallyOf(report.cases), time: seconds(report.run.durationMs) },
    children: [...byOperation].map(([operation, cases], index) => suite(record, operation, cases, index, clauses)),
  };
}

function suite(
  record: RunRecord,
  operation: string,
  cases: readonly CaseReport[],
  index: number,
  clauses: Clauses,
): XmlElement {
  const { report } = record;
  return {
    name: 'testsuite',
    attributes: {
      name: operation,
      id: index,
      ...tallyOf(cases),
      skipped: cases.filter(isSkipped).length,
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

function testcase(record: RunRecord, result: CaseReport, clause?: ClauseReport): XmlElement {
  return {
    name: 'testcase',
    attributes: { name: result.id, classname: result.operation, time: seconds(result.durationMs) },
    children: [properties(caseProperties(result, clause)), ...outcome(record, result, clause)],
  };
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

function caseProperties(result: CaseReport, clause?: ClauseReport): Readonly<Record<string, string>> {
  return {
    clause: result.clause,
    ...(clause && { statement: clause.statement, level: clause.level, source: placeOf(clause) }),
    microversion: result.microversion,
    identities: result.identities.join(' '),
    verdict: result.verdict.is,
    ...(result.evidence !== undefined && { evidence: result.evidence }),
  };
}

function tallyOf(cases: readonly CaseReport[]): Readonly<Record<'tests' | 'failures' | 'errors', number>> {
  return {
    tests: cases.length,
    failures: cases.filter(({ verdict }) => verdict.is === 'fail').length,
    errors: cases.filter(({ verdict }) => verdict.is === 'error').length,
  };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
