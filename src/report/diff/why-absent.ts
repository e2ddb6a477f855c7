/**
 * Why a run did not plan a case that another run has.
 */
import { includes, parseMicroversion, parseRange } from '../../microversion.ts';
import type { CaseReport, RunReport } from '../record.ts';

/** A full sentence about the run that lacks the case. */
export function whyAbsent(report: RunReport, { clause, microversion }: CaseReport): string {
  const known = report.clauses.find(({ id }) => id === clause);
  if (!known) return 'The run did not select the clause, or does not know it.';
  const version = parseMicroversion(microversion);
  const range = parseRange(report.target.microversions);
  if (version && range && !includes(range, version)) {
    return `The target supports ${report.target.microversions} only.`;
  }
  const settled = report.cases.find((one) => one.clause === clause && 'reason' in one.verdict && one.exchanges === 0);
  if (settled && known.cases.length === 1 && 'reason' in settled.verdict) return settled.verdict.reason;
  return 'The run looked at the clause at other microversions.';
}
