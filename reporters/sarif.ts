/**
 * `report.sarif`: the failures and warnings of a run as SARIF 2.1.0 for code-scanning views. A result points at the
 * sentence of the specs; there is one per clause, with all its cases.
 *
 * Failures are errors, violations of a SHOULD are warnings. Waived failures are included, suppressed with the waiver as
 * the justification.
 */
import type { Invocation, Log, ReportingDescriptor, Run } from 'sarif';
import type { ClauseReport, RunReport } from '../src/records/report.ts';
import type { Reporter, RunRecord } from '../src/report/record.ts';
import { describeScope } from '../src/report/describe-scope.ts';
import { describeMicroversions } from '../src/report/describe-target.ts';
import { clausesWithResults, sarifResults } from './sarif/results.ts';
import { specsFolder } from './spec-file.ts';

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
        uri: specsFolder,
        uriBaseId: 'PACKAGE',
        description: { text: describeSpecs(report) },
      },
    },
    columnKind: 'utf16CodeUnits',
    results: sarifResults(record),
    properties: {
      verdict: report.verdict,
      scope: describeScope(report),
      ...(report.vacuous !== undefined && { vacuous: report.vacuous }),
      target: target.name,
      microversions: describeMicroversions(target),
      counts: report.counts,
    },
  };
}

function describeSpecs({ contracts }: RunReport): string {
  const texts = contracts.map(({ origin }) => `${origin.title}, revision ${origin.revision}`);
  return `The texts of ${texts.join(', and ')}, which the target was tested against.`;
}

function descriptor({ id, statement, level, kind, range, source }: ClauseReport): ReportingDescriptor {
  const binding = level === 'MUST' || level === 'MUST NOT';
  return {
    id,
    shortDescription: { text: statement },
    fullDescription: { text: `${statement} Applies at microversions ${range}.` },
    help: {
      text: `Source: ${source.file}:${source.line}, ${source.section}. To run it again: openstack-conformance run --include '${id}'.`,
    },
    defaultConfiguration: { level: binding ? 'error' : 'warning' },
    properties: { level, kind, microversions: range },
  };
}

function invocation(report: RunReport): Invocation {
  const { run, vacuous } = report;
  return {
    executionSuccessful: run.ended === 'completed' && vacuous === undefined,
    startTimeUtc: run.startedAt,
    endTimeUtc: run.finishedAt,
    arguments: [...run.command],
  };
}
