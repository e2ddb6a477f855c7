/** What `plan` tells: the cases of a run, why others are left out, and what it would cost; its JSON Schema is `plan.schema.json`. */
import type { Estimate } from './estimate.ts';
import type { LimitFacts } from './limit-facts.ts';

export interface PlanReport {
  readonly format: 'openstack-conformance/plan';
  readonly formatVersion: 1;
  readonly target: { readonly name: string; readonly microversions: string };
  /** One part of the plan: `2/5`. */
  readonly shard?: { readonly index: number; readonly total: number };
  /** Names of the runs that it tries again what did not pass in. */
  readonly again?: readonly string[];
  /** Ids of the cases that would be tried, in order. */
  readonly cases: readonly string[];
  readonly operations: readonly { readonly operation: string; readonly cases: number; readonly decidable: number }[];
  readonly leftOut: readonly {
    readonly verdict: 'not-attempted' | 'not-applicable';
    readonly reason: string;
    readonly mend?: string;
    readonly cases: readonly string[];
  }[];
  readonly limits: LimitFacts;
  readonly estimate: Estimate;
}
