/**
 * The request policy: a common rate limit, a pause when a service asks for one or cannot be reached, and a limited
 * number of retries of requests that may be repeated.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { clientTimeouts } from './timeouts.ts';
import type { Exchange, Purpose, SentRequest } from './exchange.ts';
import { isPassing, neverConnected, reachedNobody } from './transport-failures.ts';
import type { HttpOutcome } from './http-client.ts';
import type { Pace } from './request-rate.ts';
import { retryAfterMs } from './retry-after.ts';

export interface RequestPolicy {
  /** Resolves when a request to this URL may be sent; undefined when it may be sent at once. */
  readonly turn: (url: string) => Promise<void> | undefined;
  /** Records the outcome of a request. */
  readonly observe: (request: Asked, outcome: HttpOutcome) => void;
  /** Whether to send the request again after this outcome. Resolves after the pause before that. */
  readonly again: (tried: Tried) => Promise<boolean>;
  /** Why the target can no longer be reached, as a sentence. Once lost it stays lost. */
  readonly lost: () => string | undefined;
  /** Whether this kind of request has been answered only with server errors for long; then it is not retried. */
  readonly isFailing: (request: Asked) => boolean;
}

type Asked = Pick<SentRequest, 'method' | 'url'>;

/** A request that was sent. */
export interface Tried {
  readonly exchange: Omit<Exchange, 'id' | 'startedAt' | 'durationMs'>;
  /** The first is 1. */
  readonly attempt: number;
  /** Since the first attempt was sent. */
  readonly sinceMs: number;
  /** It creates something: retried only when the last attempt was certainly not carried out. */
  readonly creates: boolean;
  /** It confirms an earlier failure. */
  readonly isConfirming: boolean;
}

export interface RequestPolicyOptions {
  /** For requests to all services together; no rate limit when missing. */
  readonly pace?: Pace;
  /** Multiplies every timeout; 1 when missing. */
  readonly timeoutFactor?: number;
  readonly now: () => number;
  readonly pause?: (ms: number) => Promise<unknown>;
}

export function createRequestPolicy({
  pace,
  timeoutFactor = 1,
  now,
  pause = sleep,
}: RequestPolicyOptions): RequestPolicy {
  const longestMs = clientTimeouts.longestPauseMs * timeoutFactor;
  const restingUntil = new Map<string, number>();
  const failures = new Map<string, number>();
  const watch = watchForLoss(now, timeoutFactor);
  const failing = watchForErrors(now, timeoutFactor);

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
    observe: ({ method, url }, { response, failure }) => {
      failing.report({ method, url }, response?.status);
      const service = serviceOf(url);
      const asked = retryAfterMs(response, now());
      if (asked !== undefined) restFor(service, asked);
      watch.report(failure && reachedNobody(failure) ? failure.code : undefined, response !== undefined);
      if (!failure || !neverConnected(failure)) return void failures.delete(service);
      failures.set(service, (failures.get(service) ?? 0) + 1);
      restFor(service, backOffMs(failures.get(service) ?? 1) * timeoutFactor);
    },
    again: async (tried) => {
      const mayRepeat =
        watch.lost() === undefined &&
        tried.sinceMs < clientTimeouts.repeatWithinMs * timeoutFactor &&
        !failing.holds(tried.exchange.request) &&
        isWorthRepeating(tried, now(), longestMs);
      if (mayRepeat) await pause(beforeRepeatMs(tried) * timeoutFactor);
      return mayRepeat;
    },
    lost: watch.lost,
    isFailing: failing.holds,
  };
}

/** Services are distinguished by the first segment of the path: several may share a port. */
export function serviceOf(url: string): string {
  const [, origin = url, first = ''] = /^([a-z]+:\/\/[^/]+)\/?([^/?]*)/i.exec(url) ?? [];
  return first === '' || /^v\d/.test(first) ? origin : `${origin}/${first}`;
}

function backOffMs(attempt: number): number {
  const { firstMs, growth, mostMs } = clientTimeouts.backOff;
  return Math.min(firstMs * growth ** (attempt - 1), mostMs);
}

function beforeRepeatMs({ exchange: { purpose, response }, attempt }: Tried): number {
  return purpose === 'act' && response?.status === 500 ? clientTimeouts.confirmingMs : backOffMs(attempt);
}

/** Idempotent methods (RFC 9110, 9.2.2). */
const idempotent: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** Safe methods (RFC 9110, 9.2.1). */
const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

function isSafe({ method }: Asked): boolean {
  return safe.has(method.toUpperCase());
}

/** Statuses of a failed server, or of a gateway without one. */
const serverErrors: ReadonlySet<number> = new Set([500, 502, 503, 504]);

function isWorthRepeating(tried: Tried, now: number, longestMs: number): boolean {
  const { exchange, attempt, creates } = tried;
  const { purpose, request, response, failure } = exchange;
  if (purpose === 'act' && !isSafe(request)) return false;
  if (failure) {
    const harmless = isHarmless(purpose, request) || neverConnected(failure);
    return isPassing(failure) && harmless && attempt < clientTimeouts.attempts.fault;
  }
  const asked = retryAfterMs(response, now);
  if (asked === undefined) return isServerError(tried) && attempt < clientTimeouts.attempts.serverError;
  if (asked > longestMs || attempt >= clientTimeouts.attempts.pause) return false;
  // A 503 may come from a gateway although the service created the resource.
  return !creates || response?.status !== 503;
}

/** A 500 to a request under test is a result of the service; it is retried only when the failure is confirmed. */
function isServerError({ exchange: { purpose, request, response }, isConfirming }: Tried): boolean {
  if (!response || !isSafe(request) || !serverErrors.has(response.status)) return false;
  return response.status !== 500 || purpose !== 'act' || isConfirming;
}

/** A repeated sign-in only creates another token. */
function isHarmless(purpose: Purpose, { method }: SentRequest): boolean {
  return purpose === 'sign-in' || idempotent.has(method.toUpperCase());
}

interface ErrorWatch {
  readonly report: (request: Asked, status: number | undefined) => void;
  readonly holds: (request: Asked) => boolean;
}

/** Requests of one kind differ in ids only. */
function watchForErrors(now: () => number, timeoutFactor: number): ErrorWatch {
  const { failures, overMs } = clientTimeouts.failing;
  const rows = new Map<string, { readonly count: number; readonly since: number }>();
  const kindOf = ({ method, url }: Asked): string =>
    `${method} ${(/^[^?]*/.exec(url)?.[0] ?? url).replace(/[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi, '')}`;
  return {
    report: (request, status) => {
      if (status === undefined || !isSafe(request)) return;
      const kind = kindOf(request);
      const { count, since } = rows.get(kind) ?? { count: 0, since: now() };
      if (serverErrors.has(status)) rows.set(kind, { count: count + 1, since });
      else rows.delete(kind);
    },
    holds: (request) => {
      const row = rows.get(kindOf(request));
      return row !== undefined && row.count >= failures && now() - row.since >= overMs * timeoutFactor;
    },
  };
}

interface LossWatch {
  /** `silence`: the code of a request that did not reach the target. */
  readonly report: (silence: string | undefined, responded: boolean) => void;
  readonly lost: () => string | undefined;
}

function watchForLoss(now: () => number, timeoutFactor: number): LossWatch {
  const { failures, overMs } = clientTimeouts.lost;
  let inRow = 0;
  let since = 0;
  let lost: string | undefined;
  return {
    report: (silence, responded) => {
      if (responded) inRow = 0;
      if (silence === undefined) return;
      if (inRow === 0) since = now();
      inRow += 1;
      if (inRow < failures || now() - since < overMs * timeoutFactor) return;
      lost ??= `The target can no longer be reached: ${inRow} requests in a row got no response, the last one with ${silence}.`;
    },
    lost: () => lost,
  };
}
