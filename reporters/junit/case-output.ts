/**
 * The `system-out` of a case: a line `key=value` for each fact except its name, `CLAUSE@MICROVERSION`; the findings of
 * a warning; and the commands that repeat its requests.
 */
import { printable } from '../../src/report/printable.ts';
import type { CaseReport, ClauseReport } from '../../src/records/report.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { describeCase } from '../../src/report/describe-case.ts';
import { describeAttempts } from '../../src/report/describe-parts.ts';
import { placeOf } from './outcome.ts';

/** Long enough for any statement. */
const longestValue = 1000;

export function caseOutput(record: RunRecord, result: CaseReport, clause?: ClauseReport): string {
  const { findings, repeats } = describeCase(record, result);
  const warnings = result.verdict.is === 'warn' ? findings.map(({ sentence }) => sentence) : [];
  return [
    ...facts(record, result, clause).map(([key, value]) => `${key}=${printable(value, longestValue)}`),
    ...warnings,
    ...repeats.map(({ identity, curl }) => `As ${printable(identity)}: ${curl}`),
  ].join('\n');
}

function facts(
  { report }: RunRecord,
  result: CaseReport,
  clause?: ClauseReport,
): readonly (readonly [string, string])[] {
  const attempts = describeAttempts(result, report.run);
  const { evidence, verdict, identities, unconfirmed } = result;
  // A passed case has only its statement and evidence: there are too many to repeat more.
  const isPass = verdict.is === 'pass';
  return [
    ...(clause ? [['statement', clause.statement] as const] : []),
    ...(clause && !isPass ? [['source', placeOf(clause)] as const] : []),
    ...(isPass
      ? []
      : ([
          ['identities', identities.join(' ')],
          ['verdict', verdict.is],
        ] as const)),
    ...(unconfirmed === undefined ? [] : [['unconfirmed', unconfirmed] as const]),
    ...(attempts === undefined ? [] : [['attempts', attempts] as const]),
    ...(evidence === undefined ? [] : [['evidence', evidence] as const]),
  ];
}
