/**
 * Formats the run as an in-toto statement with a test result: `statement.json`, the file that is signed.
 *
 * Its subjects are the report and the manifest, which covers every file of the folder. A partial run is FAILED; one
 * whose scope is incomplete is WARNED, so that a policy that requires PASSED accepts no run that left something out.
 */
import { manifestFile } from './manifest.ts';
import type { ClauseReport, RunReport } from '../records/report.ts';
import type { Statement } from '../records/statement.ts';
import { describeScope } from './describe-scope.ts';

export interface Digests {
  /** SHA-256, hexadecimal. */
  readonly manifest: string;
  readonly report: string | undefined;
}

const results = { conformant: 'PASSED', passed: 'WARNED', 'non-conformant': 'FAILED', partial: 'FAILED' } as const;

export function formatStatement(report: RunReport, digests: Digests): string {
  const subject = [
    { name: manifestFile, digest: { sha256: digests.manifest } },
    ...(digests.report === undefined ? [] : [{ name: 'report.json', digest: { sha256: digests.report } }]),
  ];
  const statement: Statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: predicateOf(report),
  };
  return `${JSON.stringify(statement, null, 1)}\n`;
}

/** The result in the terms of in-toto. */
export function resultOf({ verdict, counts }: RunReport): Statement['predicate']['result'] {
  return verdict === 'conformant' && counts.clauses.warn > 0 ? 'WARNED' : results[verdict];
}

function predicateOf(report: RunReport): Statement['predicate'] {
  const { run, target, contracts, verdict, clauses, tool } = report;
  const own = clauses.filter(({ suite }) => suite === undefined);
  return {
    result: resultOf(report),
    configuration: contracts.map(({ service, origin, digest }) => ({
      name: `${service} ${origin.revision}`,
      digest: { sha256: digest },
      annotations: {
        tool: `${tool.name} ${tool.version}`,
        run: run.name,
        startedAt: run.startedAt,
        target: target.name,
        microversions: target.services[service]?.microversions ?? 'none',
        verdict,
        scope: describeScope(report),
        ...(report.vacuous === undefined ? {} : { vacuous: report.vacuous }),
      },
    })),
    passedTests: named(own, 'pass', 'waived'),
    warnedTests: named(own, 'warn'),
    failedTests: named(own, 'fail', 'error', 'unstable', 'inconclusive', 'not-attempted'),
  };
}

function named(clauses: readonly ClauseReport[], ...verdicts: readonly ClauseReport['verdict'][]): readonly string[] {
  return clauses.filter(({ verdict }) => verdicts.includes(verdict)).map(({ id }) => id);
}
