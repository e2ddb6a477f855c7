/** Where clauses go on trial: a target, everybody signed in there, and a world for each fault. */
import { randomBytes } from 'node:crypto';
import type { HttpClient, HttpClientOptions } from '../../src/client/http-client.ts';
import { guardedRecorder } from '../../src/conformance/checked-requests.ts';
import type { Clause } from '../../src/conformance/clause.ts';
import { createLedger, type AppendLedger, type Ledger } from '../../src/conformance/ledger.ts';
import type { Target } from '../../src/conformance/target.ts';
import type { Limits } from '../../src/conformance/limits.ts';
import { createBackground, createMemo, type World } from '../../src/conformance/world.ts';
import type { Contract } from '../../src/contract/model.ts';
import type { DerivedFault } from '../../src/refutation/derived-fault.ts';
import { derivedFaults } from '../../src/refutation/derived/index.ts';
import { recogniser } from '../../src/refutation/recognise.ts';
import type { Recognise } from '../../src/refutation/tampered.ts';
import { guardOf } from '../../suites/changes.ts';
import { allClauses } from '../../suites/index.ts';
import { openRoom } from '../../suites/room.ts';
import type { CredentialsByIdentity } from '../run/find-credentials.ts';
import { openWorld } from '../run/open-world.ts';
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
  /** Over all worlds together. */
  readonly requestsPerSecond?: number | undefined;
  /** Leads what is judged through the fault. */
  readonly through: (http: HttpClient, fault: DerivedFault | undefined, recognise: Recognise) => HttpClient;
  /** `own`: nothing in a world is shared with another; `one`: servers and volumes are, for targets that take time. */
  readonly stock: 'own' | 'one';
  readonly append: AppendLedger;
}

/** @throws SignInError, DiscoveryError, UsageError */
export async function openLab(options: LabOptions): Promise<Lab> {
  const { name, credentials, embedded, fixtures, capabilities, limits, requestsPerSecond, through, stock, append } =
    options;
  const newLedger = (): Ledger => createLedger(append, () => new Date().toISOString());
  const opened = await openWorld({
    name,
    credentials,
    embedded,
    fixtures,
    capabilities,
    limits,
    requestsPerSecond,
    runName: newRunName(),
    ledger: newLedger(),
  });
  const { met, world: shared, http, recorderOver } = opened;
  const { contract, target } = shared;
  const recognise = recogniser(contract, target);
  const own = (): Pick<World, 'ledger' | 'runName' | 'guard'> => {
    const [ledger, runName] = [newLedger(), newRunName()];
    return { ledger, runName, guard: guardOf({ ...shared, ledger, runName }, target.fixtures) };
  };
  const world = ({ judgedHeaders, fault }: WorldOptions): OpenWorld => {
    const background = createBackground();
    const open: World = {
      ...shared,
      recorder: guardedRecorder(recorderOver(through(http, fault, recognise))),
      ...(stock === 'own' ? { ...own(), room: openRoom(limits) } : {}),
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
    close: () => opened.close(),
  };
}

function newRunName(): string {
  return `osc-${randomBytes(3).toString('hex')}`;
}
