/** A world whose target is a function: requests in, outcomes out, everything kept. */
import type { SentRequest } from '../../src/client/exchange.ts';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import { createRecorder } from '../../src/client/recorder.ts';
import { createRedactor } from '../../src/client/redaction.ts';
import type { Identity } from '../../src/clauses/identity.ts';
import { createCapacity } from '../../src/resources/capacity.ts';
import { createLedger } from '../../src/resources/ledger.ts';
import type { LedgerEntry } from '../../src/records/ledger.ts';
import { createBackground, createMemo, type RunContext } from '../../src/execution/run-context.ts';
import type { Contract } from '../../src/contract/model.ts';
import type { Json } from '../../src/json.ts';
import { versionHeadersOf } from '../../src/contract/version-header.ts';
import { declaredVersionHeaders } from '../../suites/services.ts';
import { testedServices } from '../../src/execution/tested-service.ts';
import type { Session } from '../../src/target/session.ts';
import { guardOf } from '../../suites/changes.ts';
import { targetWith } from './tiny-contract.ts';
import { thingChanges } from '../resources/thing-changes.ts';

export interface TinyRun {
  readonly run: RunContext;
  readonly sent: readonly SentRequest[];
  readonly ledger: readonly LedgerEntry[];
  /** Waits for the work beside the cases. */
  readonly troubles: () => Promise<readonly string[]>;
}

export function tinyRun(
  contract: Contract,
  answer: (request: SentRequest) => HttpOutcome | Promise<HttpOutcome>,
): TinyRun {
  const sent: SentRequest[] = [];
  const ledger: LedgerEntry[] = [];
  const background = createBackground();
  const http = {
    send: async (request: SentRequest): Promise<HttpOutcome> => {
      sent.push(request);
      return answer(request);
    },
    close: async () => undefined,
  };
  const kept = createLedger(
    (entry) => void ledger.push(entry),
    () => '2026-01-01T00:00:00.000Z',
  );
  const sessions = new Map([['member' as const, sessionOf('member')]]);
  const runName = 'osc-000000';
  const target = targetWith('2.1-2.104');
  const run: RunContext = {
    runName,
    target,
    service: testedServices([contract], target),
    versionHeaders: versionHeadersOf([contract], declaredVersionHeaders),
    recorder: createRecorder(http, createRedactor(), { now: () => 0 }, { pause: async () => undefined }),
    ledger: kept,
    guard: guardOf(
      { ledger: kept, runName, sessions },
      { contracts: [contract], suites: [{ name: 'things', changes: thingChanges }] },
    ),
    sessions,
    capacity: createCapacity({
      limits: { server: 4, volume: 8 },
      most: [{ server: 2, volume: 3 }],
      remedies: {},
    }),
    background: background.add,
    memo: createMemo(),
  };
  return { run, sent, ledger, troubles: background.done };
}

function sessionOf(identity: Identity): Session {
  return {
    identity,
    headers: async () => [['x-auth-token', `token-of-${identity}`]],
    endpoint: (type) => `http://${type}.test`,
    describeMissing: () => ({ reason: '', remedy: '' }),
    isGood: async () => undefined,
    renewable: false,
    discard: () => undefined,
    projectId: 'p1',
    projectName: 'demo',
    userId: 'u1',
    userName: 'ada',
    roles: ['member'],
  };
}

export function responded(status: number, body?: Json, headers: Readonly<Record<string, string>> = {}): HttpOutcome {
  const text = body === undefined ? '' : JSON.stringify(body);
  return { response: { status, headers: Object.entries(headers), body: text } };
}

export const refusedConnection: HttpOutcome = { failure: { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' } };
