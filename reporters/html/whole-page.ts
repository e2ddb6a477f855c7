/** Does the reference stand in the markup whole, so that it is read and printed without a script, or is it rendered on demand? */
import type { RunReport } from '../../src/report/record.ts';

/** In clauses: a browser lays out so many at once without a noticeable delay. */
const mostInMarkup = 1_500;

export function isWholePage({ clauses }: Pick<RunReport, 'clauses'>): boolean {
  return clauses.length <= mostInMarkup;
}
