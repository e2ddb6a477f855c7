/** All that is known of one case. */
import type { Exchange } from '../../src/client/exchange.ts';
import type { CaseReport, ClauseReport, RunRecord } from '../../src/report/record.ts';

export interface Subject {
  readonly record: RunRecord;
  readonly one: CaseReport;
  readonly clause: ClauseReport | undefined;
  readonly evidence: readonly Exchange[];
}

/** Of the first exchange; a case without any has the time of the run. */
export function startOf({ record, evidence }: Subject): number {
  return Date.parse(evidence[0]?.startedAt ?? record.report.run.startedAt);
}
