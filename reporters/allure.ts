/**
 * `allure-results/`: every case as Allure 2 and 3 read it, with its exchanges as steps.
 *
 * The results are made by the reporter of `allure-vitest`, which is given the recorded cases as vitest would give them
 * and writes into memory. What it takes from clock, chance and machine is then replaced by what the record says, and
 * what it drops (reasons, cases that were not run) is put back: so the same run gives the same bytes.
 */
import { stringifyEnvInfo } from 'allure-js-commons/sdk/reporter';
import type { ReportFile, Reporter, RunRecord, RunReport } from '../src/report/record.ts';
import { wordScope } from '../src/report/word-scope.ts';
import { categories } from './allure/categories.ts';
import { playCase } from './allure/play.ts';
import { settle } from './allure/settle.ts';

const folder = 'allure-results';

export const allureReporter: Reporter = {
  id: 'allure',
  summary: 'allure-results/ with a file for each case, for Allure; only when it is named',
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
    const { result, attachments } = settle(subject, playCase(subject));
    return [
      file(`${result.uuid}-result.json`, json(result)),
      ...attachments.map(({ source, text }) => file(source, text)),
    ];
  });
}

function environment(report: RunReport): Record<string, string> {
  const { run, target, tool, contract, verdict } = report;
  const given = target.identities.flatMap(({ role, given: has }) => (has ? [role] : []));
  return {
    run: run.name,
    verdict,
    scope: wordScope(report),
    target: target.name,
    microversions: target.microversions,
    identities: given.join(' '),
    reference: `${contract.origin.title}, ${contract.origin.revision}`,
    tool: `${tool.name} ${tool.version}`,
  };
}

function file(name: string, text: string): ReportFile {
  return { path: `${folder}/${name}`, text };
}

function json(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
