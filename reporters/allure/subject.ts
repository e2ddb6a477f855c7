/** One case with its clause and evidence. */
import type { Exchange } from '../../src/client/exchange.ts';
import type { CaseReport, ClauseReport } from '../../src/records/report.ts';
import type { RunRecord } from '../../src/report/record.ts';

export interface Subject {
  readonly record: RunRecord;
  readonly one: CaseReport;
  readonly clause: ClauseReport | undefined;
  readonly evidence: readonly Exchange[];
}

/** The start of the first exchange, or of the run for a case without exchanges. */
export function startOf({ record, evidence }: Subject): number {
  return Date.parse(evidence[0]?.startedAt ?? record.report.run.startedAt);
}
