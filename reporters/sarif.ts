/**
 * `report.sarif`: what a clause asks for and the target does not do, as SARIF 2.1.0 for code-scanning views. A result
 * points at the sentence of the specs; one per clause, with every case in it.
 *
 * Failures are errors, departures from a SHOULD warnings; waived ones are there, suppressed with the waiver as reason.
 */
import type { Invocation, Log, ReportingDescriptor, Run } from 'sarif';
import type { ClauseReport, Reporter, RunRecord, RunReport } from '../src/report/record.ts';
import { wordScope } from '../src/report/word-scope.ts';
import { clausesWithResults, sarifResults } from './sarif/results.ts';
import { uriOf } from './sarif/uri.ts';
import { specFolder } from './spec-file.ts';

export const sarifReporter: Reporter = {
  id: 'sarif',
  summary: 'report.sarif, for code-scanning views',
  render: (record) => [{ path: 'report.sarif', text: `${JSON.stringify(log(record), undefined, 1)}\n` }],
};

function log(record: RunRecord): Log {
  return { version: '2.1.0', $schema: 'https://json.schemastore.org/sarif-2.1.0.json', runs: [run(record)] };
}

function run(record: RunRecord): Run {
  const { report } = record;
  const { tool, target } = report;
  return {
    tool: {
      driver: {
        name: tool.name,
        version: tool.version,
        semanticVersion: tool.version,
        rules: clausesWithResults(report).map(descriptor),
      },
    },
    automationDetails: { id: `${tool.name}/${target.name}/${report.run.name}` },
    invocations: [invocation(report)],
    originalUriBaseIds: {
      PACKAGE: { description: { text: `The folder of the package ${tool.name} ${tool.version}.` } },
      SPECS: {
        uri: uriOf(specFolder(report)),
        uriBaseId: 'PACKAGE',
        description: { text: specsAre(report) },
      },
    },
    columnKind: 'utf16CodeUnits',
    results: sarifResults(record),
    properties: {
      verdict: report.verdict,
      scope: wordScope(report),
      ...(report.hollow !== undefined && { hollow: report.hollow }),
      target: target.name,
      microversions: target.microversions,
      counts: report.counts,
    },
  };
}

function specsAre({ contract: { origin } }: RunReport): string {
  return `The texts of ${origin.title}, revision ${origin.revision}, to which the target was held.`;
}

function descriptor({ id, statement, level, kind, range, source }: ClauseReport): ReportingDescriptor {
  const binding = level === 'MUST' || level === 'MUST NOT';
  return {
    id,
    shortDescription: { text: statement },
    fullDescription: { text: `${statement} Binds at microversions ${range}.` },
    help: { text: `Source: ${source.file}:${source.line}, ${source.section}. Run again: run --include '${id}'.` },
    defaultConfiguration: { level: binding ? 'error' : 'warning' },
    properties: { level, kind, microversions: range },
  };
}

function invocation(report: RunReport): Invocation {
  const { run, hollow } = report;
  return {
    executionSuccessful: run.ended === 'completed' && hollow === undefined,
    startTimeUtc: run.startedAt,
    endTimeUtc: run.finishedAt,
    arguments: [...run.command],
  };
}
