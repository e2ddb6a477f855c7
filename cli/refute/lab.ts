/** Where clauses go on trial: an embedded cloud without defects, and a world of its own for each fault. */
import { randomBytes } from 'node:crypto';
import { createHttpClient, type HttpClient } from '../../src/client/http-client.ts';
import { createRecorder } from '../../src/client/recorder.ts';
import { createRedactor } from '../../src/client/redaction.ts';
import type { Clause, Identity } from '../../src/conformance/clause.ts';
import { createLedger } from '../../src/conformance/ledger.ts';
import type { Target } from '../../src/conformance/target.ts';
import { createBackground, createMemo, type World } from '../../src/conformance/world.ts';
import type { Contract } from '../../src/contract/model.ts';
import { tampered } from '../../src/refutation/tampered.ts';
import { recogniser } from '../../src/refutation/recognise.ts';
import type { DerivedFault } from '../../src/refutation/derived-fault.ts';
import { schemaStore } from '../../src/schema/schema-store.ts';
import { signIn, type Session } from '../../src/target/session.ts';
import { allClauses } from '../../suites/index.ts';
import { startSimulator, type Simulator } from '../../targets/simulator/index.ts';
import { chosenContract } from '../chosen-contract.ts';
import { meetTarget } from '../run/meet-target.ts';
import { simulatorCredentials } from '../run/open-target.ts';

export interface Lab {
  readonly contract: Contract;
  readonly clauses: ReadonlyMap<string, Clause>;
  readonly target: Target;
  readonly simulator: Simulator;
  /** Nothing in it is shared with another world. */
  readonly world: (options: WorldOptions) => OpenWorld;
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

const limits = { servers: 60, volumes: 200 } as const;

export async function openLab(): Promise<Lab> {
  const simulator = await startSimulator({
    conduct: 'exemplary',
    faultsByRequest: true,
    pace: 1,
    reclaimInstanceInterval: 3600,
    serviceSeesMigrations: true,
  });
  const credentials = simulatorCredentials(simulator.clouds);
  const capabilities = { 'service-sees-migrations': true };
  const { target } = await meetTarget('simulator', credentials, { fixtures: {}, capabilities });
  const { contract } = chosenContract({});
  const http = createHttpClient();
  const redactor = createRedactor();
  const clock = { now: Date.now };
  const signingIn = createRecorder(http, redactor, clock);
  const sessions = new Map(
    await Promise.all(
      Object.entries(credentials).map(
        async ([identity, own]) => [identity, await signIn(identity, own, signingIn, clock)] as [Identity, Session],
      ),
    ),
  );
  const schemas = schemaStore(contract);
  const recognise = recogniser(contract, target);
  const world = ({ judgedHeaders, fault }: WorldOptions): OpenWorld => {
    const client: HttpClient = fault ? tampered(http, fault, recognise) : http;
    const background = createBackground();
    const open: World = {
      runName: `osc-${randomBytes(3).toString('hex')}`,
      target,
      contract,
      schemas,
      recorder: createRecorder(client, redactor, clock),
      ledger: createLedger(
        () => undefined,
        () => '',
      ),
      sessions,
      limits,
      judgedHeaders,
      memo: createMemo(),
      background: background.add,
    };
    return { world: open, close: async () => void (await background.done()) };
  };
  const clauses = new Map<string, Clause>(allClauses(contract).map((clause) => [clause.id, clause]));
  const close = async (): Promise<void> => {
    await http.close();
    await simulator.close();
  };
  return { contract, clauses, target, simulator, world, close };
}
