/** The plan of a run against a target that has been met: its cases, its limits and the first line of its journal. */
import { createHash } from 'node:crypto';
import { completePlan } from '../../src/conformance/complete-plan.ts';
import type { Clause } from '../../src/conformance/clause.ts';
import { limitsWithin, type Limits } from '../../src/conformance/limits.ts';
import { planCases } from '../../src/conformance/plan-cases.ts';
import type { Waiver } from '../../src/conformance/waivers/waiver.ts';
import type { RunLine } from '../../src/report/journal.ts';
import type { LimitFacts } from '../../src/report/limit-facts.ts';
import { scopeFacts } from '../../src/report/scope-facts.ts';
import type { ScopeFacts } from '../../src/report/scope.ts';
import { apiResources } from '../../suites/index.ts';
import { freeRoom } from '../../suites/quotas.ts';
import type { OpenAccount } from '../clauses/open-account.ts';
import { UsageError } from '../errors.ts';
import { limitFactsOf } from './limit-facts.ts';
import type { Met } from './meet-target.ts';
import { waiversFor } from './open-waivers.ts';
import type { RunPlan } from './run-kind.ts';
import { runLine } from './run-line.ts';
import { refuseUnknownGlobs } from './refuse-unknown-globs.ts';
import type { RunOptions } from './run-options.ts';

export interface PlanSettings {
  readonly runName: string;
  readonly startedAt: number;
  readonly command: readonly string[];
  readonly options: Pick<RunOptions, 'selection' | 'limits' | 'requestsPerSecond'>;
  readonly account: OpenAccount;
  readonly clauses: readonly Clause[];
  readonly waivers: readonly Waiver[];
  readonly met: Met;
  /** Of the embedded cloud. */
  readonly release: string | undefined;
}

export interface PlannedRun extends RunPlan {
  readonly limits: Limits;
  readonly limitFacts: LimitFacts;
}

/** @throws UsageError where nothing is selected, or waivers cannot be used */
export function planRun(settings: PlanSettings): PlannedRun {
  const { options, account, clauses, met } = settings;
  const { contract, untested } = account.ledger;
  refuseUnknownGlobs(options.selection, clauses, account.listed);
  const planned = planCases(clauses, contract, met.target, options.selection);
  if (planned.length === 0) throw new UsageError('No clause fits --include, --exclude, --level and --microversions.');
  const limits = limitsWithin(options.limits, freeRoom(met.quotas, met.needs, options.limits.servers));
  const limitFacts = limitFactsOf(options, limits);
  const waivers = waiversFor(settings.waivers, clauses, contract, met.target, options.selection);
  const digest = createHash('sha256').update(account.contractText).digest('hex');
  const line = runLine({
    ...settings,
    limits: limitFacts,
    contract,
    digest,
    listed: account.listed,
    // Of another reference all is outlined.
    suites: account.isOther ? [] : account.suites,
    planned,
    waivers,
    untested,
  });
  const complete = completePlan(apiResources, clauses, contract, met.target);
  const scopeOf = (of: RunLine): ScopeFacts => scopeFacts(complete, of, met.target);
  return { planned, limits, limitFacts, line: { ...line, scope: scopeOf(line) }, scopeOf };
}
