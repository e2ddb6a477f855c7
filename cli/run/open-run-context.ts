/**
 * A run context on a discovered target with all identities signed in, in which resources can be created and removed.
 */
import { createHttpClient, type HttpClient } from '../../src/client/http-client.ts';
import { createPace } from '../../src/client/request-rate.ts';
import { createRecorder, type Recorder } from '../../src/client/recorder.ts';
import { createRedactor } from '../../src/client/redaction.ts';
import { guardedRecorder } from '../../src/execution/checked-requests.ts';
import type { Identity } from '../../src/clauses/identity.ts';
import type { Ledger } from '../../src/resources/ledger.ts';
import type { Suite } from '../../src/clauses/extension-suite.ts';
import type { Limits } from '../../src/planning/limits.ts';
import { createBackground, createMemo, type RunContext } from '../../src/execution/run-context.ts';
import type { Contracts } from '../../src/contract/contracts.ts';
import { versionHeadersOf } from '../../src/contract/version-header.ts';
import { testedServices } from '../../src/execution/tested-service.ts';
import { secretsOf } from '../../src/target/credentials.ts';
import { openSession } from '../../src/target/open-session.ts';
import type { Session } from '../../src/target/session.ts';
import { guardOf, withCreations } from '../../suites/changes.ts';
import { kindsOn } from '../../suites/resources.ts';
import { declaredVersionHeaders } from '../../suites/services.ts';
import { openCapacity } from '../../suites/capacity.ts';
import { proxySecrets } from './connection.ts';
import type { CredentialsByIdentity } from './find-credentials.ts';
import { connectAndDiscover, type Discovered } from './connect-and-discover.ts';
import type { RunOptions } from './run-options.ts';

export interface RunContextSettings {
  readonly name: string;
  readonly credentials: CredentialsByIdentity;
  readonly embedded: boolean;
  /** Of the services under test. */
  readonly contracts: Contracts;
  readonly fixtures: RunOptions['fixtures'];
  readonly capabilities: RunOptions['capabilities'];
  readonly limits: Limits;
  /** Extension suites, for their resource types. */
  readonly extensionSuites?: readonly Suite[];
  readonly runName: string;
  readonly ledger: Ledger;
  readonly timeoutFactor?: number;
  readonly requestsPerSecond?: number | undefined;
}

export interface OpenedRun {
  readonly discovered: Discovered;
  readonly run: RunContext;
  readonly http: HttpClient;
  /** A recorder over another client that redacts the same secrets. */
  readonly recorderOver: (http: HttpClient) => Recorder;
  readonly close: () => Promise<void>;
}

/** @throws SignInError, DiscoveryError, UsageError */
export async function openRunContext(settings: RunContextSettings): Promise<OpenedRun> {
  const {
    contracts,
    limits,
    runName,
    ledger,
    timeoutFactor,
    requestsPerSecond,
    extensionSuites: suites = [],
  } = settings;
  const discovered = await connectAndDiscover(settings, settings);
  const http = createHttpClient(discovered.connection);
  const redactor = createRedactor();
  for (const own of Object.values(discovered.credentials)) for (const secret of secretsOf(own)) redactor.learn(secret);
  for (const secret of proxySecrets(discovered.connection.proxies)) redactor.learn(secret);
  const pace = requestsPerSecond === undefined ? undefined : createPace(requestsPerSecond, Date.now);
  const recorderOver = (through: HttpClient): Recorder =>
    createRecorder(
      through,
      redactor,
      { now: Date.now },
      {
        ...(timeoutFactor === undefined ? {} : { timeoutFactor }),
        ...(pace && { pace }),
      },
    );
  const recorder = recorderOver(http);
  const sessions = await signInAll(discovered.credentials, recorder);
  const { target } = discovered;
  const common = {
    runName,
    target,
    service: testedServices(contracts, target),
    versionHeaders: versionHeadersOf(contracts, declaredVersionHeaders),
    recorder: guardedRecorder(recorder),
    ledger,
    guard: guardOf(
      { ledger, runName, sessions },
      { fixtures: target.fixtures, services: target.services, contracts, suites },
    ),
    sessions,
    capacity: openCapacity(limits, kindsOn(target, suites)),
    memo: createMemo(),
    background: createBackground().add,
  };
  const run = withCreations(common, suites);
  return { discovered, run, http, recorderOver, close: () => http.close() };
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
