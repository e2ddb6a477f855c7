/** Decides whether the markup has the whole reference, readable without a script, or renders it on demand. */
import type { RunReport } from '../../src/records/report.ts';

/** In clauses: a browser lays out this many at once without a noticeable delay. */
const mostInMarkup = 1_500;

export function isWholePage({ clauses }: Pick<RunReport, 'clauses'>): boolean {
  return clauses.length <= mostInMarkup;
}
