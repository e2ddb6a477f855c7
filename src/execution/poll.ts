/** Polling with growing intervals until a condition is met or the timeout ends. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Exchange } from '../client/exchange.ts';
import type { Recorder } from '../client/recorder.ts';
import { timeouts } from './timeouts.ts';
import { shownIn, unusable, type Checked } from '../clauses/checked.ts';
import { recordDelay, minimumDelay } from './learned-delays.ts';

export interface Waited<T> {
  readonly isMet: boolean;
  /** The result of the last poll. */
  readonly last: T;
  readonly waitedMs: number;
}

/** A wait that has already started: when, by `performance.now()`, and the result of its first poll. */
export interface Begun<T> {
  readonly startedAt: number;
  readonly seen: T;
}

/**
 * `isMet` returns `stop` when the condition can no longer be met. `kind`: what is waited for, such as `volume
 * available`; if it was waited for before, the first poll is delayed until the transition can have completed.
 */
export async function poll<T>(
  look: () => Promise<T>,
  isMet: (seen: T) => boolean | 'stop',
  timeoutMs: number,
  kind?: string,
  begun?: Begun<T>,
): Promise<Waited<T>> {
  const startedAt = begun?.startedAt ?? performance.now();
  const waited = (): number => performance.now() - startedAt;
  let interval: number = timeouts.poll.first;
  if (!begun && kind !== undefined) await untilLikely(kind, timeoutMs);
  for (let first = begun; ; first = undefined) {
    const lookedAt = waited();
    const last = first ? first.seen : await look();
    const response = isMet(last);
    if (response === true) {
      if (kind !== undefined) recordDelay(kind, lookedAt);
      return { isMet: true, last, waitedMs: waited() };
    }
    // A slow target is polled less often.
    const rest = Math.max(interval, Math.min(waited() - lookedAt, timeouts.poll.most));
    if (response === 'stop' || waited() + rest > timeoutMs) return { isMet: false, last, waitedMs: waited() };
    await pause(rest);
    interval = Math.min(interval * timeouts.poll.growth, timeouts.poll.most);
  }
}

/**
 * Polls the state by GET. A response that does not show the state, such as a 500, is ignored.
 *
 * @throws Unreached when the last response does not show the state, or this kind of request has failed for long
 */
export async function pollShown(
  { recorder }: { readonly recorder: Pick<Recorder, 'isFailing'> },
  look: () => Promise<Exchange>,
  isMet: (shown: Checked) => boolean | 'stop',
  timeoutMs: number,
  kind?: string,
  begun?: Begun<Exchange>,
): Promise<Waited<Checked>> {
  const waited = await poll(look, judgeShown(recorder, isMet), timeoutMs, kind, begun);
  const last = shownIn(waited.last);
  if (!last) throw unusable(waited.last);
  return { ...waited, last };
}

/** For an exchange that does not show the state: poll again, or stop when this kind of request keeps failing. */
export function judgeShown(
  recorder: Pick<Recorder, 'isFailing'>,
  isMet: (shown: Checked) => boolean | 'stop',
): (seen: Exchange) => boolean | 'stop' {
  return (seen) => {
    const shown = shownIn(seen);
    if (shown) return isMet(shown);
    return recorder.isFailing(seen.request) ? 'stop' : false;
  };
}

/** Waits until the transition can have completed. */
export async function untilLikely(kind: string, timeoutMs: number): Promise<void> {
  const early = Math.min(minimumDelay(kind), timeoutMs / 4);
  if (early > timeouts.poll.first) await pause(early);
}

/** The status of an exchange; undefined without a response. */
export function statusOf(exchange: Exchange): number | undefined {
  return exchange.response?.status;
}
