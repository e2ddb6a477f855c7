/** The plan of a run, from its options, with what it would take; sends nothing but discovery. */
import { outlookOf } from '../../src/conformance/outlook.ts';
import { namesOperation } from '../../src/conformance/selection.ts';
import { estimate } from '../../src/report/estimate.ts';
import type { PlanReport } from '../../src/report/plan.ts';
import { openAccount } from '../clauses/open-account.ts';
import { withUntested } from '../clauses/with-untested.ts';
import { loadSuites } from '../suite/load-suites.ts';
import { toBeMade } from '../dynamic/to-be-made.ts';
import { meetTarget } from '../run/meet-target.ts';
import { openTarget } from '../run/open-target.ts';
import { planRun, type PlannedRun } from '../run/plan-run.ts';
import type { RunKind } from '../run/run-kind.ts';
import type { RunOptions } from '../run/run-options.ts';
import type { ChosenBasis } from './read-basis.ts';

/** @throws UsageError and the errors of meeting a target */
export async function makePlan(
  options: RunOptions,
  kind: RunKind,
  { basis, kind: kindOfBasis }: ChosenBasis,
): Promise<PlanReport> {
  const whole = await planWhole(options);
  const { planned, line } = kind.choose(whole);
  const tried = planned.filter(({ decided }) => !decided);
  const { operations, obstacles } = outlookOf(planned);
  const { shard, parts } = line.run;
  const { concurrency, requestsPerSecond } = options;
  return {
    format: 'openstack-conformance/plan',
    formatVersion: 1,
    target: { name: line.target.name, microversions: line.target.microversions },
    ...(shard && { shard }),
    ...(parts && { again: parts.map(({ name }) => name) }),
    cases: tried.map(({ id }) => id),
    operations: operations.map(({ operation, cases, decidable }) => ({ operation, cases, decidable })),
    leftOut: obstacles,
    limits: whole.limitFacts,
    estimate: estimate(
      tried.map(({ clause }) => clause),
      basis,
      { kind: kindOfBasis, concurrency, requestsPerSecond },
    ),
  };
}

async function planWhole(options: RunOptions): Promise<PlannedRun> {
  const account = openAccount(
    options.reference,
    (id) => namesOperation(options.selection, id),
    await loadSuites(options.suites),
  );
  const opened = await openTarget(options);
  try {
    const met = await meetTarget(opened, {
      ...options,
      capabilities: { ...opened.capabilities, ...options.capabilities },
      toBeMade: toBeMade(opened.credentials, options),
      wantsQuotas: true,
    });
    return planRun({
      ...{ runName: 'plan', startedAt: Date.now(), command: [] },
      ...{ options, account, clauses: withUntested(account), waivers: [], met, release: opened.release },
    });
  } finally {
    await opened.close();
  }
}
