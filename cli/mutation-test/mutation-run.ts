/** What a mutation test runs on: a target, its signed-in identities, and a run context for each fault. */
import { randomBytes } from 'node:crypto';
import type { HttpClient, HttpClientOptions } from '../../src/client/http-client.ts';
import { guardedRecorder } from '../../src/execution/checked-requests.ts';
import type { Clause } from '../../src/clauses/clause.ts';
import { createLedger, type AppendLedger, type Ledger } from '../../src/resources/ledger.ts';
import type { TestedService } from '../../src/execution/tested-service.ts';
import type { Target } from '../../src/planning/target.ts';
import type { Limits } from '../../src/planning/limits.ts';
import { createBackground, createMemo, type RunContext } from '../../src/execution/run-context.ts';
import type { Contracts } from '../../src/contract/contracts.ts';
import type { DerivedFault } from '../../src/mutation/derived-fault.ts';
import { derivedFaults } from '../../src/mutation/derived/index.ts';
import { recogniser } from '../../src/mutation/recognise.ts';
import type { Recognise } from '../../src/mutation/tampered.ts';
import { guardOf, withCreations } from '../../suites/changes.ts';
import { kindsOn } from '../../suites/resources.ts';
import { allClauses } from '../../suites/index.ts';
import { openCapacity } from '../../suites/capacity.ts';
import type { CredentialsByIdentity } from '../run/find-credentials.ts';
import { chosenContracts } from '../chosen-contract.ts';
import { openRunContext } from '../run/open-run-context.ts';
import type { RunOptions } from '../run/run-options.ts';

export interface MutationRun {
  readonly contracts: Contracts;
  readonly clauses: ReadonlyMap<string, Clause>;
  readonly target: Target;
  readonly recognise: Recognise;
  /** How all identities reach the target. */
  readonly connection: HttpClientOptions;
  readonly derived: ReadonlyMap<string, DerivedFault>;
  readonly open: (options: RunContextOptions) => OpenRunContext;
  /** The context whose ledger and capacity the others use, unless each has its own. */
  readonly shared: RunContext;
  readonly close: () => Promise<void>;
}

export interface RunContextOptions {
  /** Sent with the requests under test. */
  readonly judgedHeaders: Readonly<Record<string, string>>;
  /** Changes responses on their way; missing for a fault of the simulator. */
  readonly fault?: DerivedFault;
}

export interface OpenRunContext {
  readonly run: RunContext;
  /** Waits for background work. */
  readonly close: () => Promise<void>;
}

export interface MutationRunOptions {
  readonly name: string;
  readonly credentials: CredentialsByIdentity;
  readonly embedded: boolean;
  readonly fixtures: RunOptions['fixtures'];
  readonly capabilities: RunOptions['capabilities'];
  readonly limits: Limits;
  /** Over all run contexts together. */
  readonly requestsPerSecond?: number | undefined;
  /** Sends the requests under test through the fault. */
  readonly through: (http: HttpClient, fault: DerivedFault | undefined, recognise: Recognise) => HttpClient;
  /** `separate`: run contexts share nothing; `shared`: they share servers and volumes, for targets that take time. */
  readonly pools: 'separate' | 'shared';
  readonly append: AppendLedger;
}

/** @throws SignInError, DiscoveryError, UsageError */
export async function openMutationRun(options: MutationRunOptions): Promise<MutationRun> {
  const { name, credentials, embedded, fixtures, capabilities, limits, requestsPerSecond, through, pools, append } =
    options;
  const newLedger = (): Ledger => createLedger(append, () => new Date().toISOString());
  const contracts = (await chosenContracts({})).chosen.map(({ contract }) => contract);
  const opened = await openRunContext({
    name,
    credentials,
    embedded,
    contracts,
    fixtures,
    capabilities,
    limits,
    requestsPerSecond,
    runName: newRunName(),
    ledger: newLedger(),
  });
  const { discovered, run: shared, http, recorderOver } = opened;
  const { target } = shared;
  const recognise = recogniserOf(contracts.map(({ service }) => shared.service(service)));
  const own = (): Pick<RunContext, 'ledger' | 'runName' | 'guard'> => {
    const [ledger, runName] = [newLedger(), newRunName()];
    return {
      ledger,
      runName,
      guard: guardOf(
        { ...shared, ledger, runName },
        { fixtures: target.fixtures, services: target.services, contracts },
      ),
    };
  };
  const open = ({ judgedHeaders, fault }: RunContextOptions): OpenRunContext => {
    const background = createBackground();
    const run = withCreations({
      ...shared,
      recorder: guardedRecorder(recorderOver(through(http, fault, recognise))),
      ...(pools === 'separate' ? { ...own(), capacity: openCapacity(limits, kindsOn(target)) } : {}),
      judgedHeaders,
      memo: createMemo(),
      background: background.add,
    });
    return { run, close: async () => void (await background.done()) };
  };
  return {
    contracts,
    clauses: new Map(allClauses(contracts).map((clause) => [clause.id, clause])),
    target,
    recognise,
    connection: discovered.connection,
    derived: new Map(contracts.flatMap(derivedFaults).map((fault) => [fault.id, fault])),
    open,
    shared,
    close: () => opened.close(),
  };
}

/** Recognises the requests of several services. */
function recogniserOf(services: readonly TestedService[]): Recognise {
  const all = services.map(recogniser);
  return (request, otherwise) => {
    for (const recognise of all) {
      const found = recognise(request, otherwise);
      if (found) return found;
    }
    return undefined;
  };
}

function newRunName(): string {
  return `osc-${randomBytes(3).toString('hex')}`;
}
