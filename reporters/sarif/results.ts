/** The deviations of a run as results of a SARIF log. */
import type { Location, Result } from 'sarif';
import { groupBy } from '../../src/group-by.ts';
import type { CaseReport, ClauseReport, RunReport } from '../../src/records/report.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { describeCase } from '../../src/report/describe-case.ts';
import { fingerprint } from './fingerprint.ts';
import { fileInSpecs } from '../spec-file.ts';
import { uriOf } from './uri.ts';

/** More cases add nothing new to a message; `report.json` has them all. */
const mostDetailed = 3;

const kinds = ['fail', 'warn', 'waived', 'unstable'] as const;
type DeviationKind = (typeof kinds)[number];

/** In the order of the clauses; a clause with failures and warnings has one result of each. */
export function sarifResults(record: RunRecord): Result[] {
  const byClause = groupBy(record.report.cases, ({ clause }) => clause);
  return clausesWithResults(record.report).flatMap((clause, ruleIndex) =>
    kinds.flatMap((kind) => {
      const cases = (byClause.get(clause.id) ?? []).filter(({ verdict }) => verdict.is === kind);
      return cases.length === 0 ? [] : [result(record, clause, ruleIndex, kind, cases)];
    }),
  );
}

/** The rules of the log: a code-scanning view needs only these, and a large run has thousands of others. */
export function clausesWithResults({ clauses, cases }: RunReport): readonly ClauseReport[] {
  const deviating = new Set(
    cases.filter(({ verdict }) => (kinds as readonly string[]).includes(verdict.is)).map(({ clause }) => clause),
  );
  return clauses.filter(({ id }) => deviating.has(id));
}

function result(
  record: RunRecord,
  clause: ClauseReport,
  ruleIndex: number,
  kind: DeviationKind,
  cases: readonly CaseReport[],
): Result {
  return {
    ruleId: clause.id,
    ruleIndex,
    // SARIF's terms for a result that a person has to review.
    ...(kind === 'unstable' ? ({ kind: 'review', level: 'none' } as const) : severityOf(kind)),
    message: { text: messageOf(record, clause, cases) },
    locations: [locationOf(clause)],
    partialFingerprints: { 'clauseAtTarget/v1': fingerprint(record.report, clause, kind) },
    ...(kind === 'waived' && { suppressions: cases.slice(0, 1).flatMap(suppressionOf) }),
    properties: {
      cases: cases.map(({ id }) => id),
      evidence: cases.flatMap(({ evidence }) => evidence ?? []),
    },
  };
}

function severityOf(kind: Exclude<DeviationKind, 'unstable'>): Pick<Result, 'kind' | 'level'> {
  return { kind: 'fail', level: kind === 'warn' ? 'warning' : 'error' };
}

function messageOf(record: RunRecord, { statement }: ClauseReport, cases: readonly CaseReport[]): string {
  const details = cases.slice(0, mostDetailed).flatMap((one) => {
    const { findings, repeats } = describeCase(record, one);
    return [`At ${one.microversion}:`, ...findings.map(({ sentence }) => sentence), ...repeats.map(({ curl }) => curl)];
  });
  const rest = cases.slice(mostDetailed).map(({ microversion }) => microversion);
  const reasons = [...new Set(cases.flatMap(({ verdict }) => (verdict.is === 'unstable' ? [verdict.reason] : [])))];
  return [statement, ...reasons, ...details, ...(rest.length > 0 ? [`Also at ${rest.join(', ')}.`] : [])].join('\n');
}

function suppressionOf({ verdict }: CaseReport): NonNullable<Result['suppressions']> {
  if (verdict.is !== 'waived') return [];
  return [{ kind: 'external', status: 'accepted', justification: verdict.waiver }];
}

function locationOf(clause: ClauseReport): Location {
  const { source, operation, suite, kind } = clause;
  const isOther = suite !== undefined && kind === 'written';
  return {
    physicalLocation: {
      artifactLocation: {
        uri: uriOf(isOther ? source.file : fileInSpecs(clause)),
        ...(!isOther && { uriBaseId: 'SPECS' }),
      },
      region: { startLine: source.line },
    },
    logicalLocations: [{ fullyQualifiedName: operation, kind: 'member' }],
  };
}
