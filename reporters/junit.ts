/**
 * `junit.xml`: one suite per operation, one test case per case, in the dialect that GitLab, Jenkins and GitHub read.
 *
 * Cases that were not decided are skipped, with the reason. The verdict `error` is an error; a warning has passed and
 * its output says so.
 *
 * The xUnit plugin of Jenkins refuses a file with anything that its junit-10.xsd does not name, and that has neither
 * `file` nor properties for a test case. So the suite names the text of the reference (`file`, which parsers on GitHub
 * use for its cases too), and the facts of a case are in `system-out`, which all of them show.
 */
import { groupBy } from '../src/group-by.ts';
import { printable } from '../src/report/printable.ts';
import type { CaseReport, ClauseReport, RunReport } from '../src/records/report.ts';
import type { Reporter, RunRecord } from '../src/report/record.ts';
import { describeScope } from '../src/report/describe-scope.ts';
import { describeParts, describeShard } from '../src/report/describe-parts.ts';
import { describeMicroversions, describeReferences } from '../src/report/describe-target.ts';
import { caseOutput } from './junit/case-output.ts';
import { isSkipped, outcome } from './junit/outcome.ts';
import { shown } from './junit/shown.ts';
import { specFile } from './spec-file.ts';
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
  const file = mainFile(report, operation);
  return {
    name: 'testsuite',
    attributes: {
      name: operation,
      id: index,
      ...(file !== undefined && { file: shown(file) }),
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

/** The source file of most of its clauses. */
function mainFile(report: RunReport, operation: string): string | undefined {
  const own = report.clauses.filter((clause) => clause.operation === operation);
  const files = [...groupBy(own, (clause) => specFile(clause))];
  return files.sort(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

function testcase(record: RunRecord, result: CaseReport, clause?: ClauseReport): XmlElement {
  return {
    name: 'testcase',
    attributes: { name: result.id, classname: result.operation, time: seconds(result.durationMs) },
    children: [
      ...outcome(record, result, clause),
      { name: 'system-out', text: shown(caseOutput(record, result, clause)) },
    ],
  };
}

function properties(values: Readonly<Record<string, string>>): XmlElement {
  const children = Object.entries(values).map(([name, value]): XmlElement => ({
    name: 'property',
    attributes: { name, value: shown(value) },
  }));
  return { name: 'properties', children };
}

function runProperties(report: RunReport): Readonly<Record<string, string>> {
  const { run, target, contracts, verdict, tool } = report;
  const [shard, parts] = [describeShard(run), describeParts(run)];
  return {
    run: run.name,
    ...(shard !== undefined && { shard }),
    ...(parts !== undefined && { includes: parts }),
    tool: `${tool.name} ${tool.version}`,
    target: printable(target.name),
    microversions: printable(describeMicroversions(target)),
    reference: describeReferences(contracts),
    'run verdict': verdict,
    scope: describeScope(report),
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
