/** What the suites of others came to, in sentences; the counts of a report are without them. */
import type { RunReport } from './record.ts';
import { totalOf } from './tally.ts';

/** One a suite, with its reasons after it. */
export function wordSuites({ suites = [] }: Pick<RunReport, 'suites'>): readonly string[] {
  return suites.map(({ name, verdict, reasons, counts: { clauses, cases } }) => {
    const figures = `${clauses.fail} of ${totalOf(clauses)} clauses failed, ${totalOf(cases)} cases`;
    return [`${name}: ${verdict}, ${figures}; none of them is of the reference.`, ...reasons].join(' ');
  });
}

/** Is this case one of a suite of somebody else's? */
export function isGuest({ suites = [] }: Pick<RunReport, 'suites'>, operation: string): boolean {
  return suites.some(({ name }) => operation.startsWith(`${name}/`));
}
