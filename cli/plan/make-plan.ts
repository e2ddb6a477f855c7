/** Plans a run from its options and estimates its cost; sends discovery requests only. */
import { planSummaryOf } from '../../src/planning/plan-summary.ts';
import { estimate } from '../../src/report/estimate.ts';
import type { PlanReport } from '../../src/records/plan.ts';
import { describeMicroversions } from '../../src/report/describe-target.ts';
import { kindsOfSuites, resourceKinds } from '../../suites/resources.ts';
import { withUntested } from '../clauses/with-untested.ts';
import { toBeMade } from '../dynamic/to-be-made.ts';
import { connectAndDiscover } from '../run/connect-and-discover.ts';
import { openSelection } from '../run/open-selection.ts';
import { openTarget } from '../run/open-target.ts';
import { planRun, type PlannedRun } from '../run/plan-run.ts';
import type { RunKind } from '../run/run-kind.ts';
import type { RunOptions } from '../run/run-options.ts';
import type { ChosenBaseline } from './read-baseline.ts';

/** @throws UsageError and the errors of connecting to a target */
export async function makePlan(
  options: RunOptions,
  kind: RunKind,
  { baseline, kind: kindOfBaseline }: ChosenBaseline,
): Promise<PlanReport> {
  const complete = await planWhole(options);
  const { planned, line } = kind.choose(complete);
  const toRun = planned.filter(({ decided }) => !decided);
  const { operations, blockers } = planSummaryOf(planned);
  const { shard, parts } = line.run;
  const { concurrency, requestsPerSecond } = options;
  return {
    format: 'openstack-conformance/plan',
    formatVersion: 1,
    target: { name: line.target.name, microversions: describeMicroversions(line.target) },
    ...(shard && { shard }),
    ...(parts && { again: parts.map(({ name }) => name) }),
    cases: toRun.map(({ id }) => id),
    operations: operations.map(({ operation, cases, decidable }) => ({ operation, cases, decidable })),
    leftOut: blockers,
    limits: complete.limitFacts,
    estimate: estimate(
      toRun.map(({ clause }) => clause),
      baseline,
      { kind: kindOfBaseline, concurrency, requestsPerSecond },
    ),
  };
}

async function planWhole(options: RunOptions): Promise<PlannedRun> {
  const openClauses = await openSelection(options);
  const opened = await openTarget(options);
  try {
    const discovered = await connectAndDiscover(opened, {
      ...options,
      contracts: openClauses.ledger.contracts,
      capabilities: { ...opened.capabilities, ...options.capabilities },
      toBeMade: toBeMade(opened.credentials, options),
      quotasOf: [...resourceKinds, ...kindsOfSuites(openClauses.suites)],
    });
    return planRun({
      ...{ runName: 'plan', startedAt: Date.now(), command: [] },
      ...{ options, openClauses, clauses: withUntested(openClauses), waivers: [], discovered, release: opened.release },
    });
  } finally {
    await opened.close();
  }
}
