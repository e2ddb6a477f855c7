/** What `plan` tells: the cases of a run, why others are left out, and what it would cost. */
import type { Estimate } from './estimate.ts';

export interface PlanReport {
  readonly format: 'openstack-conformance/plan';
  readonly formatVersion: 1;
  readonly target: { readonly name: string; readonly microversions: string };
  /** Ids of the cases that would be tried, in order. */
  readonly cases: readonly string[];
  readonly operations: readonly { readonly operation: string; readonly cases: number; readonly decidable: number }[];
  readonly leftOut: readonly {
    readonly verdict: 'not-attempted' | 'not-applicable';
    readonly reason: string;
    readonly mend?: string;
    readonly cases: readonly string[];
  }[];
  /** Missing without an earlier run to count by. */
  readonly estimate?: Estimate;
}
