/**
 * Explains why a run did not plan a case that another run has.
 */
import { includes, parseMicroversion, parseRange } from '../../microversion.ts';
import type { CaseReport, RunReport } from '../../records/report.ts';

/** A full sentence about the run without the case. */
export function whyAbsent(report: RunReport, { clause, microversion }: CaseReport): string {
  const known = report.clauses.find(({ id }) => id === clause);
  if (!known) return 'The run did not select the clause, or does not know it.';
  const version = parseMicroversion(microversion);
  const range = parseRange(report.target.microversions);
  if (version && range && !includes(range, version)) {
    return `The target supports ${report.target.microversions} only.`;
  }
  const undecided = report.cases.find((one) => one.clause === clause && 'reason' in one.verdict && one.exchanges === 0);
  if (undecided && known.cases.length === 1 && 'reason' in undecided.verdict) return undecided.verdict.reason;
  return 'The run tested the clause at other microversions.';
}
