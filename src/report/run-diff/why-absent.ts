/**
 * Explains why a run did not plan a case that another run has.
 */
import { includes, parseMicroversion, parseRange } from '../../microversion.ts';
import type { CaseReport, RunReport } from '../../records/report.ts';

/** A full sentence about the run without the case. */
export function whyAbsent(report: RunReport, { clause, operation, microversion }: CaseReport): string {
  const known = report.clauses.find(({ id }) => id === clause);
  if (!known) return 'The run did not select the clause, or does not know it.';
  const version = parseMicroversion(microversion);
  const supported = supportedBy(report, operation);
  const range = supported === undefined ? undefined : parseRange(supported);
  if (version && range && !includes(range, version)) {
    return `The target supports ${supported} only.`;
  }
  const undecided = report.cases.find((one) => one.clause === clause && 'reason' in one.verdict && one.exchanges === 0);
  if (undecided && known.cases.length === 1 && 'reason' in undecided.verdict) return undecided.verdict.reason;
  return 'The run tested the clause at other microversions.';
}

/** Operations of extension suites begin with the name of the suite. */
function supportedBy({ target: { services } }: RunReport, operation: CaseReport['operation']): string | undefined {
  const type = operation.split('/').at(-2) ?? '';
  return services[type]?.microversions;
}
