/**
 * `allure-results/`: every case in the form of Allure 2 and 3, with its exchanges as steps.
 *
 * The reporter of `allure-vitest` creates the results in memory from tasks like those of vitest. Values that it takes
 * from clock, random numbers and machine are then replaced by those of the record, and what it drops (reasons, cases that
 * were not run) is added: the same run gives the same bytes.
 */
import { stringifyEnvInfo } from 'allure-js-commons/sdk/reporter';
import type { ReportFile, Reporter, RunRecord } from '../src/report/record.ts';
import type { RunReport } from '../src/records/report.ts';
import { describeScope } from '../src/report/describe-scope.ts';
import { describeMicroversions, describeReferences } from '../src/report/describe-target.ts';
import { categories } from './allure/categories.ts';
import { buildResult } from './allure/build-result.ts';
import { reportCase } from './allure/report-task.ts';

const folder = 'allure-results';

export const allureReporter: Reporter = {
  id: 'allure',
  summary: 'allure-results/ with a file for each case, for Allure; only when selected',
  folder,
  render: (record) => {
    const files = [
      file('environment.properties', `${stringifyEnvInfo(environment(record.report))}\n`),
      file('categories.json', json(categories)),
      ...caseFiles(record),
    ];
    return [...new Map(files.map((one) => [one.path, one])).values()];
  },
};

function caseFiles(record: RunRecord): readonly ReportFile[] {
  const clauses = new Map(record.report.clauses.map((clause) => [clause.id, clause]));
  return record.report.cases.flatMap((one) => {
    const subject = { record, one, clause: clauses.get(one.clause), evidence: record.evidence(one.id) };
    const { result, attachments } = buildResult(subject, reportCase(subject));
    return [
      file(`${result.uuid}-result.json`, json(result)),
      ...attachments.map(({ source, text }) => file(source, text)),
    ];
  });
}

function environment(report: RunReport): Record<string, string> {
  const { run, target, tool, contracts, verdict } = report;
  const given = target.identities.flatMap(({ role, given: has }) => (has ? [role] : []));
  return {
    run: run.name,
    verdict,
    scope: describeScope(report),
    target: target.name,
    microversions: describeMicroversions(target),
    identities: given.join(' '),
    reference: describeReferences(contracts),
    tool: `${tool.name} ${tool.version}`,
  };
}

function file(name: string, text: string): ReportFile {
  return { path: `${folder}/${name}`, text };
}

function json(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
