/** The cases of a run, why others are left out, and its estimated cost, as `plan --json` prints it. */
import { deviation, measuredRun } from './baseline.ts';
import type { Of } from './declaration.ts';
import { count, define, list, literal, map, note, object, oneOf, optional, text } from './declare.ts';
import { limits, operationId, shard } from './shared.ts';

/** Of one operation. */
export const operationFacts = {
  operation: operationId,
  cases: note('All planned cases.', count),
  decidable: note('Cases that would be tried.', count),
};

/** One reason why cases are not decided. */
export const blockerFacts = {
  verdict: oneOf('not-attempted', 'not-applicable'),
  reason: text,
  remedy: optional(text),
};

const blockerSchema = object({ ...blockerFacts, cases: note('Their ids.', list(text, { minItems: 1 })) });
/** One reason, with all cases that it blocks. */
export interface Blocker extends Of<typeof blockerSchema> {}
const blocker = define<Blocker>('blocker', blockerSchema);

const estimateBaselineSchema = object({
  kind: note('own: the run of --from; shipped: one that is part of the program.', oneOf('own', 'shipped')),
  ...measuredRun,
  checked: optional(deviation),
});
export interface EstimateBaseline extends Of<typeof estimateBaselineSchema> {}
const estimateBaseline = define<EstimateBaseline>('baseline', estimateBaselineSchema);

const estimateSchema = object({
  requests: count,
  created: note('Created during the whole run, by resource type.', map(count)),
  durationMs: count,
  targetMs: note('Sum of the waiting times of all requests.', count),
  ownCpuMs: count,
  baseline: estimateBaseline,
  unknown: note('Cases of clauses that the baseline does not contain; each counts as an average case.', count),
});
export interface Estimate extends Of<typeof estimateSchema> {}
const estimate = define<Estimate>('estimate', estimateSchema);

export const plan = object({
  format: literal('openstack-conformance/plan'),
  formatVersion: literal(1),
  target: object({ name: text, microversions: text }),
  shard: optional(note('One shard of the plan.', shard)),
  again: optional(note('Names of the runs whose cases without a pass are tried again.', list(text, { minItems: 1 }))),
  cases: note('Ids of the cases that would be tried, in order.', list(text, { uniqueItems: true })),
  operations: list(object(operationFacts)),
  leftOut: list(blocker),
  limits,
  estimate,
});
export interface PlanReport extends Of<typeof plan> {}
