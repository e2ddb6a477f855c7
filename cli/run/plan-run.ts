/** Plans a run against a discovered target: its cases, its limits and the first line of its journal. */
import { completePlan } from '../../src/planning/complete-plan.ts';
import type { Clause } from '../../src/clauses/clause.ts';
import { limitsWithin, type Limits } from '../../src/planning/limits.ts';
import { planCases } from '../../src/planning/plan-cases.ts';
import type { Waiver } from '../../src/planning/waivers/waiver.ts';
import type { RunLine, ScopeFacts } from '../../src/records/journal.ts';
import type { LimitFacts } from '../../src/records/shared.ts';
import { scopeFacts } from '../../src/report/scope-facts.ts';
import { resourcesOf } from '../../suites/index.ts';
import { freeCapacity } from '../../suites/quotas.ts';
import { kindsOn } from '../../suites/resources.ts';
import type { OpenClauses } from '../clauses/open-clauses.ts';
import { UsageError } from '../errors.ts';
import { limitFactsOf } from './limit-facts.ts';
import type { Access } from './client-accesses.ts';
import type { Discovered } from './connect-and-discover.ts';
import { waiversFor } from './open-waivers.ts';
import { limitsFor } from './resource-limits.ts';
import type { RunPlan } from './run-kind.ts';
import { runLine } from './run-line.ts';
import { refuseUnknownGlobs } from './refuse-unknown-globs.ts';
import type { RunOptions } from './run-options.ts';

export interface PlanSettings {
  readonly runName: string;
  readonly startedAt: number;
  readonly command: readonly string[];
  readonly options: Access & Pick<RunOptions, 'selection' | 'limits' | 'requestsPerSecond'>;
  readonly openClauses: OpenClauses;
  readonly clauses: readonly Clause[];
  readonly waivers: readonly Waiver[];
  readonly discovered: Discovered;
  /** The release of the embedded cloud. */
  readonly release: string | undefined;
}

export interface PlannedRun extends RunPlan {
  readonly limits: Limits;
  readonly limitFacts: LimitFacts;
}

/** @throws UsageError when nothing is selected, or the waivers cannot be used */
export function planRun(settings: PlanSettings): PlannedRun {
  const { options, openClauses, clauses, discovered } = settings;
  const { contracts, untested } = openClauses.ledger;
  refuseUnknownGlobs(options.selection, clauses, openClauses.listed);
  const planned = planCases(clauses, contracts, discovered.target, options.selection);
  if (planned.length === 0)
    throw new UsageError('No clause matches --include, --exclude, --level and --microversions.');
  const kinds = kindsOn(discovered.target, openClauses.suites);
  const own = limitsFor(options.limits, kinds);
  const limits = limitsWithin(own, freeCapacity(kinds, discovered.quotas, discovered.quotaUse, own.resources), kinds);
  const limitFacts = limitFactsOf(own, limits, options);
  const waivers = waiversFor(settings.waivers, clauses, contracts, discovered.target, options.selection);
  const line = runLine({
    ...settings,
    access: options,
    limits: limitFacts,
    chosen: openClauses.chosen,
    // The outline of another reference contains all of it.
    suites: openClauses.isOther ? [] : openClauses.suites,
    planned,
    waivers,
    untested,
  });
  const chosen = options.selection.resources;
  const resources = chosen.length > 0 ? chosen : resourcesOf(contracts);
  const complete = completePlan(resources, clauses, contracts, discovered.target);
  const scopeOf = (of: RunLine): ScopeFacts => scopeFacts(complete, of, discovered.target);
  return { planned, limits, limitFacts, line: { ...line, scope: scopeOf(line) }, scopeOf };
}
