/** What a suite of somebody else's came to, beside the verdict on the clauses of the reference. */
import type { Counts, RunVerdict } from './record.ts';

export interface SuiteReport {
  readonly name: string;
  readonly verdict: RunVerdict;
  readonly reasons: readonly string[];
  readonly counts: { readonly clauses: Counts; readonly cases: Counts };
}
