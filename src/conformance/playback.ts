/** Judges a case once more from its evidence alone: the same check, on a stage where all that happens has happened. */
import type { Exchange } from '../client/exchange.ts';
import type { Errand, Recorder } from '../client/recorder.ts';
import { createRedactor } from '../client/redaction.ts';
import type { Contract } from '../contract/model.ts';
import { schemaStore } from '../schema/schema-store.ts';
import type { Session } from '../target/session.ts';
import type { Clause, Identity } from './clause.ts';
import { none } from './amount.ts';
import { HarnessError, NotBound, Unreached } from './errors.ts';
import { openGuard } from './guard.ts';
import { createLedger } from './ledger.ts';
import type { PlannedCase } from './plan-cases.ts';
import { decide } from './run-case.ts';
import { createRoom } from './room.ts';
import { emptyScript, type Prop, type Script } from './script.ts';
import { openStage } from './stage.ts';
import type { Tape } from './tape.ts';
import type { Target } from './target.ts';
import type { Verdict } from './verdict.ts';
import { createMemo, type World } from './world.ts';

/** What happened in a case. */
export interface Evidence {
  readonly exchanges: readonly Exchange[];
  readonly script: Script;
}

export type Judge = (clause: Clause, planned: PlannedCase, evidence: Evidence) => Promise<Verdict>;

/** For cases that were decided on this target by this contract. */
export function judgeAgain(contract: Contract, target: Target): Judge {
  const schemas = schemaStore(contract);
  return (clause, planned, { exchanges, script }) => {
    const world: World = { ...emptyWorld(contract, target, exchanges), schemas, memo: createMemo() };
    const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
    const tape = playingTape(script, byId);
    return decide(openStage(world, clause.operation, planned.microversion, world.room.ticket(), tape), clause, []);
  };
}

/** Nothing is made in it, and nothing is removed. */
function emptyWorld(
  contract: Contract,
  target: Target,
  exchanges: readonly Exchange[],
): Omit<World, 'schemas' | 'memo'> {
  const headers = (): Promise<readonly (readonly [string, string])[]> => Promise.resolve([]);
  const sessions = [...target.identities].map((identity): [Identity, Session] => [
    identity,
    { ...absentSession, headers, isGood: () => Promise.resolve(asked(exchanges, identity)) },
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

const absentSession = { endpoint: () => undefined, renewable: true, discard: () => undefined } as unknown as Session;

/** What Keystone said of a lost token; of a good one nothing is kept. */
function asked(exchanges: readonly Exchange[], identity: Identity): Awaited<ReturnType<Session['isGood']>> {
  const exchange = exchanges.find(
    ({ purpose, response, ...one }) =>
      purpose === 'sign-in' && one.identity === identity && (response?.status === 401 || response?.status === 404),
  );
  return exchange && { good: false, exchange };
}

function playingTape(script: Script, byId: ReadonlyMap<string, Exchange>): Tape {
  let props = 0;
  let waits = 0;
  const next = (): Prop => {
    const prop = script.props[props++];
    if (!prop) throw new HarnessError('The check asks for more than the evidence says it was given.');
    return prop;
  };
  return {
    prop: async <T>() => valueOf(next()) as T,
    uuid: () => String(valueOf(next())),
    wait: async ({ look, holds }) => {
      const note = script.waits[waits++];
      if (!note || note.looks < 1) throw new HarnessError('The check waits for more than the evidence tells of.');
      let last = await look();
      let answer = holds(last);
      for (let done = 1; done < note.looks; done += 1) {
        last = await look();
        answer = holds(last);
      }
      return { held: answer === true, last, waitedMs: note.waitedMs };
    },
    recorder: playingRecorder(script.exchanges.flatMap((id) => byId.get(id) ?? [])),
    inner: (key) => playingTape(script.shared[key] ?? emptyScript, byId),
    keepShared: () => undefined,
    script: () => script,
  };
}

function valueOf(prop: Prop): unknown {
  switch (prop.is) {
    case 'given':
      return prop.value;
    case 'unreached':
      throw new Unreached(prop.root, prop.message);
    case 'not-bound':
      throw new NotBound(prop.message);
    case 'error':
      throw Object.assign(new Error(prop.message), { name: prop.name });
  }
}

const silentRecorder: Recorder = {
  redactor: createRedactor(),
  totals: () => ({ exchanges: 0, targetMs: 0, targetBusyMs: 0 }),
  now: () => 0,
  again: () => Promise.resolve(false),
  lost: () => undefined,
  send: ({ request }) => Promise.reject(new HarnessError(`${request.method} ${request.url} stands in no evidence.`)),
};

/** Answers each request as it was answered then; the same request twice in the order of that time. */
function playingRecorder(exchanges: readonly Exchange[]): Recorder {
  const left = [...exchanges];
  return {
    ...silentRecorder,
    // Whether it was sent again stands in the evidence, and hangs on the clock of that time.
    again: ({ exchange: { purpose, identity, request }, attempt }) =>
      Promise.resolve(left.some((one) => isAlike(one, { purpose, identity, request, attempt: attempt + 1 }))),
    send: (errand) => {
      const place = left.findIndex((exchange) => isAlike(exchange, errand));
      const [exchange] = place < 0 ? [] : left.splice(place, 1);
      if (!exchange) return silentRecorder.send(errand);
      const { response, failure = { code: 'lost', message: 'No failure was kept.' } } = exchange;
      return Promise.resolve({ exchange, outcome: response ? { response } : { failure } });
    },
  };
}

function isAlike(exchange: Exchange, { purpose, identity, request, attempt = 1 }: Errand): boolean {
  const before = exchange.request;
  return (
    exchange.purpose === purpose &&
    exchange.identity === identity &&
    (exchange.attempt ?? 1) === attempt &&
    before.method === request.method &&
    placeOf(before.url) === placeOf(request.url) &&
    before.body === request.body &&
    versionOf(before.headers) === versionOf(request.headers)
  );
}

/**
 * Endpoints may hold the project of whoever asks, which the record does not tell for everybody; and the parts of a run on
 * the embedded cloud are on ports of their own.
 */
function placeOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, '').replace(/\/(v\d[^/]*)\/(?:AUTH_)?[0-9a-f]{32}(?=\/|$)/, '/$1');
}

function versionOf(headers: Exchange['request']['headers']): string | undefined {
  return headers.find(([name]) => name === 'openstack-api-version')?.[1];
}
