/**
 * How a client behaves towards services that it does not own: a steady pace over all of them, a pause where one asks
 * for it or cannot be reached, and a bounded number of attempts at what may be repeated.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { clientBudgets } from './budgets.ts';
import type { Exchange, Purpose, SentRequest } from './exchange.ts';
import { isPassing, neverConnected, reachedNobody } from './faults.ts';
import type { HttpOutcome } from './http-client.ts';
import type { Pace } from './pace.ts';
import { retryAfterMs } from './retry-after.ts';

export interface Manners {
  /** Resolves when a request to this URL may leave; undefined when it may at once. */
  readonly turn: (url: string) => Promise<void> | undefined;
  /** What came of it. */
  readonly heed: (request: Asked, outcome: HttpOutcome) => void;
  /** Is what came back a reason to send the same once more? Resolves after the pause that is due. */
  readonly again: (tried: Tried) => Promise<boolean>;
  /** The target cannot be reached any more: why, as a sentence. Once lost it stays lost. */
  readonly lost: () => string | undefined;
  /** Has this kind of request been answered with errors of the server only, for long? Then it is not sent again. */
  readonly isFailing: (request: Asked) => boolean;
}

type Asked = Pick<SentRequest, 'method' | 'url'>;

/** A request that was sent. */
export interface Tried {
  readonly exchange: Omit<Exchange, 'id' | 'startedAt' | 'durationMs'>;
  /** The first is 1. */
  readonly attempt: number;
  /** Since the first attempt left. */
  readonly sinceMs: number;
  /** It makes something: sent again only where the last attempt was surely not carried out. */
  readonly creates: boolean;
  /** A failure that was seen before is confirmed. */
  readonly isConfirming: boolean;
}

export interface MannersOptions {
  /** Of requests to all services together; as fast as it goes when missing. */
  readonly pace?: Pace;
  /** Multiplies every limit of time; 1 when missing. */
  readonly patience?: number;
  readonly now: () => number;
  readonly pause?: (ms: number) => Promise<unknown>;
}

export function createManners({ pace, patience = 1, now, pause = sleep }: MannersOptions): Manners {
  const longestMs = clientBudgets.longestPauseMs * patience;
  const restingUntil = new Map<string, number>();
  const failures = new Map<string, number>();
  const watch = watchForLoss(now, patience);
  const failing = watchForErrors(now, patience);

  const restMs = (url: string): number => (restingUntil.get(serviceOf(url)) ?? 0) - now();
  const wait = async (url: string): Promise<void> => {
    if (restMs(url) > 0) await pause(restMs(url));
    const ms = pace?.take() ?? 0;
    if (ms > 0) await pause(ms);
    if (restMs(url) > 0) await pause(restMs(url));
  };
  const restFor = (service: string, ms: number): void =>
    void restingUntil.set(service, Math.max(restingUntil.get(service) ?? 0, now() + Math.min(ms, longestMs)));

  return {
    turn: (url) => (pace === undefined && restMs(url) <= 0 ? undefined : wait(url)),
    heed: ({ method, url }, { response, failure }) => {
      failing.told({ method, url }, response?.status);
      const service = serviceOf(url);
      const asked = retryAfterMs(response, now());
      if (asked !== undefined) restFor(service, asked);
      watch.told(failure && reachedNobody(failure) ? failure.code : undefined, response !== undefined);
      if (!failure || !neverConnected(failure)) return void failures.delete(service);
      failures.set(service, (failures.get(service) ?? 0) + 1);
      restFor(service, backOffMs(failures.get(service) ?? 1) * patience);
    },
    again: async (tried) => {
      const mayRepeat =
        watch.lost() === undefined &&
        tried.sinceMs < clientBudgets.repeatWithinMs * patience &&
        !failing.holds(tried.exchange.request) &&
        isWorthRepeating(tried, now(), longestMs);
      if (mayRepeat) await pause(beforeRepeatMs(tried) * patience);
      return mayRepeat;
    },
    lost: watch.lost,
    isFailing: failing.holds,
  };
}

/** What is asked of one service is no matter of the others, which may stand behind the same port. */
export function serviceOf(url: string): string {
  const [, origin = url, first = ''] = /^([a-z]+:\/\/[^/]+)\/?([^/?]*)/i.exec(url) ?? [];
  return first === '' || /^v\d/.test(first) ? origin : `${origin}/${first}`;
}

function backOffMs(attempt: number): number {
  const { firstMs, growth, mostMs } = clientBudgets.backOff;
  return Math.min(firstMs * growth ** (attempt - 1), mostMs);
}

function beforeRepeatMs({ exchange: { purpose, response }, attempt }: Tried): number {
  return purpose === 'act' && response?.status === 500 ? clientBudgets.confirmingMs : backOffMs(attempt);
}

/** What repeats safely by its method (RFC 9110, 9.2.2). */
const idempotent: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** What changes nothing (RFC 9110, 9.2.1). */
const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

function isSafe({ method }: Asked): boolean {
  return safe.has(method.toUpperCase());
}

/** The server says that it failed, or a gateway that there is none. */
const serverErrors: ReadonlySet<number> = new Set([500, 502, 503, 504]);

function isWorthRepeating(tried: Tried, now: number, longestMs: number): boolean {
  const { exchange, attempt, creates } = tried;
  const { purpose, request, response, failure } = exchange;
  if (purpose === 'act' && !isSafe(request)) return false;
  if (failure) {
    const harmless = isHarmless(purpose, request) || neverConnected(failure);
    return isPassing(failure) && harmless && attempt < clientBudgets.attempts.fault;
  }
  const asked = retryAfterMs(response, now);
  if (asked === undefined) return isServerError(tried) && attempt < clientBudgets.attempts.serverError;
  if (asked > longestMs || attempt >= clientBudgets.attempts.pause) return false;
  // 503 may be the word of a gateway, behind which the thing was made.
  return !creates || response?.status !== 503;
}

/** Under judgement, a 500 is the service's own response; whether it stays so is asked when the failure is confirmed. */
function isServerError({ exchange: { purpose, request, response }, isConfirming }: Tried): boolean {
  if (!response || !isSafe(request) || !serverErrors.has(response.status)) return false;
  return response.status !== 500 || purpose !== 'act' || isConfirming;
}

/** A second sign-in makes a second token, and no more. */
function isHarmless(purpose: Purpose, { method }: SentRequest): boolean {
  return purpose === 'sign-in' || idempotent.has(method.toUpperCase());
}

interface ErrorWatch {
  readonly told: (request: Asked, status: number | undefined) => void;
  readonly holds: (request: Asked) => boolean;
}

/** Requests are of one kind when they differ in ids only. */
function watchForErrors(now: () => number, patience: number): ErrorWatch {
  const { failures, overMs } = clientBudgets.failing;
  const rows = new Map<string, { readonly count: number; readonly since: number }>();
  const kindOf = ({ method, url }: Asked): string =>
    `${method} ${(/^[^?]*/.exec(url)?.[0] ?? url).replace(/[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi, '')}`;
  return {
    told: (request, status) => {
      if (status === undefined || !isSafe(request)) return;
      const kind = kindOf(request);
      const { count, since } = rows.get(kind) ?? { count: 0, since: now() };
      if (serverErrors.has(status)) rows.set(kind, { count: count + 1, since });
      else rows.delete(kind);
    },
    holds: (request) => {
      const row = rows.get(kindOf(request));
      return row !== undefined && row.count >= failures && now() - row.since >= overMs * patience;
    },
  };
}

interface LossWatch {
  /** `silence`: the code of a request that reached nobody. */
  readonly told: (silence: string | undefined, answered: boolean) => void;
  readonly lost: () => string | undefined;
}

function watchForLoss(now: () => number, patience: number): LossWatch {
  const { failures, overMs } = clientBudgets.lost;
  let inRow = 0;
  let since = 0;
  let lost: string | undefined;
  return {
    told: (silence, answered) => {
      if (answered) inRow = 0;
      if (silence === undefined) return;
      if (inRow === 0) since = now();
      inRow += 1;
      if (inRow < failures || now() - since < overMs * patience) return;
      lost ??= `The target could not be reached any more: ${inRow} requests in a row got no response, the last one for ${silence}.`;
    },
    lost: () => lost,
  };
}
