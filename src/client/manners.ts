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
  readonly heed: (url: string, outcome: HttpOutcome) => void;
  /** Is what came back a reason to send the same once more? Resolves after the pause that is due. */
  readonly again: (tried: Tried) => Promise<boolean>;
  /** The target cannot be reached any more: why, as a sentence. Once lost it stays lost. */
  readonly lost: () => string | undefined;
}

/** A request that was sent. */
export interface Tried {
  readonly exchange: Omit<Exchange, 'id' | 'startedAt' | 'durationMs'>;
  /** The first is 1. */
  readonly attempt: number;
  /** Since the first attempt left. */
  readonly sinceMs: number;
  /** It makes something: sent again only where the last attempt was surely not carried out. */
  readonly creates: boolean;
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
    heed: (url, { response, failure }) => {
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
        isWorthRepeating(tried, now(), longestMs);
      if (mayRepeat) await pause(backOffMs(tried.attempt) * patience);
      return mayRepeat;
    },
    lost: watch.lost,
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

/** What repeats safely by its method (RFC 9110, 9.2.2). */
const idempotent: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

function isWorthRepeating({ exchange, attempt, creates }: Tried, now: number, longestMs: number): boolean {
  const { purpose, request, response, failure } = exchange;
  if (purpose === 'act') return false;
  if (failure) {
    const harmless = isHarmless(purpose, request) || neverConnected(failure);
    return isPassing(failure) && harmless && attempt < clientBudgets.attempts.fault;
  }
  const asked = retryAfterMs(response, now);
  if (asked === undefined || asked > longestMs || attempt >= clientBudgets.attempts.pause) return false;
  // 503 may be the word of a gateway, behind which the thing was made.
  return !creates || response?.status !== 503;
}

/** A second sign-in makes a second token, and no more. */
function isHarmless(purpose: Purpose, { method }: SentRequest): boolean {
  return purpose === 'sign-in' || idempotent.has(method.toUpperCase());
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
