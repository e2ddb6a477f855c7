/** Where clauses go on trial: a target, everybody signed in there, and a world for each fault. */
import { randomBytes } from 'node:crypto';
import { createHttpClient, type HttpClient, type HttpClientOptions } from '../../src/client/http-client.ts';
import { createRecorder, type Recorder } from '../../src/client/recorder.ts';
import { createRedactor } from '../../src/client/redaction.ts';
import type { Clause, Identity } from '../../src/conformance/clause.ts';
import { createLedger, type AppendLedger, type Ledger } from '../../src/conformance/ledger.ts';
import type { Target } from '../../src/conformance/target.ts';
import { createBackground, createMemo, type Limits, type World } from '../../src/conformance/world.ts';
import type { Contract } from '../../src/contract/model.ts';
import type { DerivedFault } from '../../src/refutation/derived-fault.ts';
import { derivedFaults } from '../../src/refutation/derived/index.ts';
import { recogniser } from '../../src/refutation/recognise.ts';
import type { Recognise } from '../../src/refutation/tampered.ts';
import { schemaStore } from '../../src/schema/schema-store.ts';
import { secretsOf } from '../../src/target/credentials.ts';
import { signIn, type Session } from '../../src/target/session.ts';
import { allClauses } from '../../suites/index.ts';
import { chosenContract } from '../chosen-contract.ts';
import type { CredentialsByIdentity } from '../run/find-credentials.ts';
import { proxySecrets } from '../run/connection.ts';
import { meetTarget } from '../run/meet-target.ts';
import type { RunOptions } from '../run/run-options.ts';

export interface Lab {
  readonly contract: Contract;
  readonly clauses: ReadonlyMap<string, Clause>;
  readonly target: Target;
  readonly recognise: Recognise;
  /** As everybody reaches the target. */
  readonly connection: HttpClientOptions;
  readonly derived: ReadonlyMap<string, DerivedFault>;
  readonly world: (options: WorldOptions) => OpenWorld;
  /** What any world of this lab owns, where they share it. */
  readonly shared: World;
  readonly close: () => Promise<void>;
}

export interface WorldOptions {
  /** Sent with what is judged. */
  readonly judgedHeaders: Readonly<Record<string, string>>;
  /** What changes the replies on their way, where the fault is no fault of the simulator. */
  readonly fault?: DerivedFault;
}

export interface OpenWorld {
  readonly world: World;
  /** Waits for what goes on beside the cases. */
  readonly close: () => Promise<void>;
}

export interface LabOptions {
  readonly name: string;
  readonly credentials: CredentialsByIdentity;
  readonly embedded: boolean;
  readonly fixtures: RunOptions['fixtures'];
  readonly capabilities: RunOptions['capabilities'];
  readonly limits: Limits;
  /** Leads what is judged through the fault. */
  readonly through: (http: HttpClient, fault: DerivedFault | undefined, recognise: Recognise) => HttpClient;
  /** `own`: nothing in a world is shared with another; `one`: servers and volumes are, for targets that take time. */
  readonly stock: 'own' | 'one';
  readonly append: AppendLedger;
}

/** @throws SignInError, DiscoveryError, UsageError */
export async function openLab(options: LabOptions): Promise<Lab> {
  const { fixtures, capabilities, limits, through, stock, append } = options;
  const met = await meetTarget(options, { fixtures, capabilities });
  const { contract } = chosenContract({});
  const { target } = met;
  const http = createHttpClient(met.connection);
  const redactor = createRedactor();
  for (const own of Object.values(met.credentials)) for (const secret of secretsOf(own)) redactor.learn(secret);
  for (const secret of proxySecrets(met.connection.proxies)) redactor.learn(secret);
  const clock = { now: Date.now };
  const sessions = await signInAll(met.credentials, createRecorder(http, redactor, clock));
  const recognise = recogniser(contract, target);
  const newLedger = (): Ledger => createLedger(append, () => new Date().toISOString());
  const shared: World = {
    runName: `osc-${randomBytes(3).toString('hex')}`,
    target,
    contract,
    schemas: schemaStore(contract),
    recorder: createRecorder(http, redactor, clock),
    ledger: newLedger(),
    sessions,
    limits,
    memo: createMemo(),
    background: createBackground().add,
  };
  const world = ({ judgedHeaders, fault }: WorldOptions): OpenWorld => {
    const background = createBackground();
    const open: World = {
      ...shared,
      recorder: createRecorder(through(http, fault, recognise), redactor, clock),
      ...(stock === 'own' ? { ledger: newLedger(), runName: `osc-${randomBytes(3).toString('hex')}` } : {}),
      judgedHeaders,
      memo: createMemo(),
      background: background.add,
    };
    return { world: open, close: async () => void (await background.done()) };
  };
  return {
    contract,
    clauses: new Map(allClauses(contract).map((clause) => [clause.id, clause])),
    target,
    recognise,
    connection: met.connection,
    derived: new Map(derivedFaults(contract).map((fault) => [fault.id, fault])),
    world,
    shared,
    close: () => http.close(),
  };
}

async function signInAll(
  credentials: CredentialsByIdentity,
  recorder: Recorder,
): Promise<ReadonlyMap<Identity, Session>> {
  const signedIn = Object.entries(credentials).map(
    async ([identity, own]) =>
      [identity, await signIn(identity, own, recorder, { now: Date.now })] as [Identity, Session],
  );
  return new Map(await Promise.all(signedIn));
}
