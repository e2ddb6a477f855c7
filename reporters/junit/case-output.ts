/**
 * The `system-out` of a case: a line `key=value` for each fact besides its name, `CLAUSE@MICROVERSION`, the findings of a
 * SHOULD that did not hold, and the command lines that repeat it.
 */
import { printable } from '../../src/report/printable.ts';
import type { CaseReport, ClauseReport, RunRecord } from '../../src/report/record.ts';
import { tellCase } from '../../src/report/tell-case.ts';
import { wordAttempts } from '../../src/report/word-parts.ts';
import { placeOf } from './outcome.ts';

/** Long enough for any statement. */
const longestValue = 1000;

export function caseOutput(record: RunRecord, result: CaseReport, clause?: ClauseReport): string {
  const { findings, repeats } = tellCase(record, result);
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
  const attempts = wordAttempts(result, report.run);
  const { evidence, verdict, identities, unconfirmed } = result;
  // A pass is looked up by what it says and where its evidence is; there are too many to repeat more.
  const isPass = verdict.is === 'pass';
  return [
    ...(clause ? [['statement', clause.statement] as const] : []),
    ...(clause && !isPass ? [['source', placeOf(report, clause)] as const] : []),
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
