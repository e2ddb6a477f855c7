/** Words the results of extension suites, which the counts of a report do not include. */
import type { RunReport } from '../records/report.ts';
import { totalOf } from './tally.ts';

/** One text per suite, followed by its reasons. */
export function describeSuites({ suites = [] }: Pick<RunReport, 'suites'>): readonly string[] {
  return suites.map(({ name, verdict, reasons, counts: { clauses, cases } }) => {
    const figures = `${clauses.fail} of ${totalOf(clauses)} clauses failed, ${totalOf(cases)} cases`;
    return [`${name}: ${verdict}, ${figures}; its clauses are not part of the reference.`, ...reasons].join(' ');
  });
}

/** Whether the operation belongs to an extension suite. */
export function isExtension({ suites = [] }: Pick<RunReport, 'suites'>, operation: string): boolean {
  return suites.some(({ name }) => operation.startsWith(`${name}/`));
}
