/**
 * The result of `plan`: the cases of a run, why others are left out, and its estimated cost; schema:
 * `plan.schema.json`.
 */
import type { Estimate } from './estimate.ts';
import type { LimitFacts } from '../records/shared.ts';

export interface PlanReport {
  readonly format: 'openstack-conformance/plan';
  readonly formatVersion: 1;
  readonly target: { readonly name: string; readonly microversions: string };
  /** For one shard of the plan: `2/5`. */
  readonly shard?: { readonly index: number; readonly total: number };
  /** Names of the runs whose cases without a pass are tried again. */
  readonly again?: readonly string[];
  /** Ids of the cases that would be tried, in order. */
  readonly cases: readonly string[];
  readonly operations: readonly { readonly operation: string; readonly cases: number; readonly decidable: number }[];
  readonly leftOut: readonly {
    readonly verdict: 'not-attempted' | 'not-applicable';
    readonly reason: string;
    readonly remedy?: string;
    readonly cases: readonly string[];
  }[];
  readonly limits: LimitFacts;
  readonly estimate: Estimate;
}
