/** A target that has been met, with everybody signed in, as a world in which things can be made and removed. */
import { createHttpClient, type HttpClient } from '../../src/client/http-client.ts';
import { createPace } from '../../src/client/pace.ts';
import { createRecorder, type Recorder } from '../../src/client/recorder.ts';
import { createRedactor } from '../../src/client/redaction.ts';
import { guardedRecorder } from '../../src/conformance/checked-requests.ts';
import type { Identity } from '../../src/conformance/identity.ts';
import type { Ledger } from '../../src/conformance/ledger.ts';
import type { Limits } from '../../src/conformance/limits.ts';
import { createBackground, createMemo, type World } from '../../src/conformance/world.ts';
import { schemaStore } from '../../src/schema/schema-store.ts';
import { secretsOf } from '../../src/target/credentials.ts';
import { openSession } from '../../src/target/open-session.ts';
import type { Session } from '../../src/target/session.ts';
import { guardOf } from '../../suites/changes.ts';
import { openRoom } from '../../suites/room.ts';
import { chosenContract } from '../chosen-contract.ts';
import { proxySecrets } from './connection.ts';
import type { CredentialsByIdentity } from './find-credentials.ts';
import { meetTarget, type Met } from './meet-target.ts';
import type { RunOptions } from './run-options.ts';

export interface WorldSettings {
  readonly name: string;
  readonly credentials: CredentialsByIdentity;
  readonly embedded: boolean;
  readonly fixtures: RunOptions['fixtures'];
  readonly capabilities: RunOptions['capabilities'];
  readonly limits: Limits;
  readonly runName: string;
  readonly ledger: Ledger;
  readonly patience?: number;
  readonly requestsPerSecond?: number | undefined;
}

export interface OpenedWorld {
  readonly met: Met;
  readonly world: World;
  readonly http: HttpClient;
  /** Records what goes through another client, with the same secrets taken out. */
  readonly recorderOver: (http: HttpClient) => Recorder;
  readonly close: () => Promise<void>;
}

/** @throws SignInError, DiscoveryError, UsageError */
export async function openWorld(settings: WorldSettings): Promise<OpenedWorld> {
  const { limits, runName, ledger, patience, requestsPerSecond } = settings;
  const met = await meetTarget(settings, settings);
  const { contract } = chosenContract({});
  const http = createHttpClient(met.connection);
  const redactor = createRedactor();
  for (const own of Object.values(met.credentials)) for (const secret of secretsOf(own)) redactor.learn(secret);
  for (const secret of proxySecrets(met.connection.proxies)) redactor.learn(secret);
  const pace = requestsPerSecond === undefined ? undefined : createPace(requestsPerSecond, Date.now);
  const recorderOver = (through: HttpClient): Recorder =>
    createRecorder(
      through,
      redactor,
      { now: Date.now },
      {
        ...(patience === undefined ? {} : { patience }),
        ...(pace && { pace }),
      },
    );
  const recorder = recorderOver(http);
  const sessions = await signInAll(met.credentials, recorder);
  const world: World = {
    runName,
    target: met.target,
    contract,
    schemas: schemaStore(contract),
    recorder: guardedRecorder(recorder),
    ledger,
    guard: guardOf({ ledger, runName, sessions, contract }, met.target.fixtures),
    sessions,
    room: openRoom(limits),
    memo: createMemo(),
    background: createBackground().add,
  };
  return { met, world, http, recorderOver, close: () => http.close() };
}

async function signInAll(
  credentials: CredentialsByIdentity,
  recorder: Recorder,
): Promise<ReadonlyMap<Identity, Session>> {
  const signedIn = Object.entries(credentials).map(
    async ([identity, own]) =>
      [identity, await openSession(identity, own, recorder, { now: Date.now })] as [Identity, Session],
  );
  return new Map(await Promise.all(signedIn));
}
