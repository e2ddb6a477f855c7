/** Evaluates a case once more from its evidence alone: the same check, with the inputs that it received then. */
import type { Exchange } from '../client/exchange.ts';
import type { Contract } from '../contract/model.ts';
import { schemaStore } from '../schema/schema-store.ts';
import type { Session } from '../target/session.ts';
import type { Clause } from './clause.ts';
import type { Identity } from './identity.ts';
import { none } from './amount.ts';
import { openGuard } from './guard.ts';
import { createLedger } from './ledger.ts';
import type { PlannedCase } from './plan-cases.ts';
import { recordedInputs, silentRecorder } from './recorded-inputs.ts';
import { redactVerdict } from './redact-result.ts';
import { decide } from './run-case.ts';
import { createRoom } from './room.ts';
import { openStage } from './stage.ts';
import type { Target } from './target.ts';
import type { Transcript } from './transcript.ts';
import type { Verdict } from './verdict.ts';
import { createMemo, type World } from './world.ts';

/** What happened in a case. */
export interface Evidence {
  readonly exchanges: readonly Exchange[];
  readonly transcript: Transcript;
}

export type Reevaluate = (clause: Clause, planned: PlannedCase, evidence: Evidence) => Promise<Verdict>;

/** The ids of the projects that identities are signed in to, where the target has such. */
export type Projects = Partial<Readonly<Record<Identity, string>>>;

/** For cases that were decided on this target by this contract. */
export function reevaluateOn(contract: Contract, target: Target, projects: Projects = {}): Reevaluate {
  const common = { ...emptyWorld(contract, target, projects), schemas: schemaStore(contract) };
  return async (clause, planned, { exchanges, transcript }) => {
    const world: World = { ...common, memo: createMemo() };
    const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
    const { inputs, stalled } = recordedInputs(transcript, { exchanges: byId, sessions: world.sessions });
    const stage = openStage(world, clause.operation, planned.microversion, world.room.ticket(), inputs);
    return redactVerdict(silentRecorder.redactor, await decide(stage, clause, [], stalled));
  };
}

/** Nothing is made in it, and nothing is removed. */
function emptyWorld(contract: Contract, target: Target, projects: Projects): Omit<World, 'schemas' | 'memo'> {
  const sessions = [...target.identities].map((identity): [Identity, Session] => [
    identity,
    { ...absentSession, identity, projectId: projects[identity] },
  ]);
  return {
    runName: 'osc-000000',
    target,
    contract,
    recorder: silentRecorder,
    ledger: createLedger(
      () => undefined,
      () => '',
    ),
    guard: openGuard,
    sessions: new Map(sessions),
    room: createRoom({ limits: none, most: none, mends: { servers: '', volumes: '' } }),
    background: () => undefined,
  };
}

const absentSession: Omit<Session, 'identity'> = {
  headers: () => Promise.resolve([]),
  endpoint: () => undefined,
  wordMissing: () => '',
  isGood: () => Promise.resolve(undefined),
  renewable: true,
  discard: () => undefined,
  projectId: undefined,
  projectName: undefined,
  userId: undefined,
  userName: undefined,
  roles: [],
};
