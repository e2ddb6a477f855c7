/** Re-evaluates a case from its evidence alone: the same check, with the recorded inputs. */
import type { Exchange } from '../client/exchange.ts';
import type { Contracts } from '../contract/contracts.ts';
import { versionHeadersOf } from '../contract/version-header.ts';
import type { Session } from '../target/session.ts';
import type { Clause } from '../clauses/clause.ts';
import type { Identity } from '../clauses/identity.ts';
import { none } from '../resources/resource-counts.ts';
import { openGuard } from '../resources/ownership-guard.ts';
import { createLedger } from '../resources/ledger.ts';
import type { PlannedCase } from '../planning/plan-cases.ts';
import { recordedInputs, silentRecorder } from './recorded-inputs.ts';
import { redactVerdict } from './redact-result.ts';
import { decide } from './run-case.ts';
import { createCapacity } from '../resources/capacity.ts';
import { openCheckContext } from '../clauses/check-context.ts';
import type { Target } from '../planning/target.ts';
import { testedServices } from './tested-service.ts';
import type { Transcript } from './transcript.ts';
import type { Verdict } from '../clauses/verdict.ts';
import { createMemo, type RunContext } from './run-context.ts';

/** The evidence of a case. */
export interface Evidence {
  readonly exchanges: readonly Exchange[];
  readonly transcript: Transcript;
}

export type Reevaluate = (clause: Clause, planned: PlannedCase, evidence: Evidence) => Promise<Verdict>;

/** The ids of the projects of the identities, if the target has projects. */
export type Projects = Partial<Readonly<Record<Identity, string>>>;

/** For cases that were decided on this target against these contracts. */
export function reevaluateOn(contracts: Contracts, target: Target, projects: Projects = {}): Reevaluate {
  const common = emptyRun(contracts, target, projects);
  return async (clause, planned, { exchanges, transcript }) => {
    const run: RunContext = { ...common, memo: createMemo() };
    const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
    const { inputs, stalled } = recordedInputs(transcript, { exchanges: byId, sessions: run.sessions });
    const ctx = openCheckContext(run, clause.operation, planned.microversion, run.capacity.reservation(), inputs);
    return redactVerdict(silentRecorder.redactor, await decide(ctx, clause, [], stalled));
  };
}

/** A run context in which nothing is created or removed. */
function emptyRun(contracts: Contracts, target: Target, projects: Projects): Omit<RunContext, 'memo'> {
  const sessions = [...target.identities].map((identity): [Identity, Session] => [
    identity,
    { ...absentSession, identity, projectId: projects[identity] },
  ]);
  return {
    runName: 'osc-000000',
    target,
    service: testedServices(contracts, target),
    versionHeaders: versionHeadersOf(contracts, {}),
    recorder: silentRecorder,
    ledger: createLedger(
      () => undefined,
      () => '',
    ),
    guard: openGuard,
    sessions: new Map(sessions),
    capacity: createCapacity({ limits: none, most: [none], remedies: {} }),
    background: () => undefined,
  };
}

const absentSession: Omit<Session, 'identity'> = {
  headers: () => Promise.resolve([]),
  endpoint: () => undefined,
  describeMissing: () => ({ reason: '', remedy: '' }),
  isGood: () => Promise.resolve(undefined),
  renewable: true,
  discard: () => undefined,
  projectId: undefined,
  projectName: undefined,
  userId: undefined,
  userName: undefined,
  roles: [],
};
