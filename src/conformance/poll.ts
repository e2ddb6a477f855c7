/** Waiting: looks again, ever less often, until something holds or the budget is spent. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Exchange } from '../client/exchange.ts';
import type { Recorder } from '../client/recorder.ts';
import { budgets } from './budgets.ts';
import { shownIn, unusable, type Checked } from './checked.ts';
import { learn, soonest } from './experience.ts';

export interface Waited<T> {
  readonly held: boolean;
  /** The last look. */
  readonly last: T;
  readonly waitedMs: number;
}

/** A wait that has begun already: when, by `performance.now()`, and what the first look showed. */
export interface Begun<T> {
  readonly startedAt: number;
  readonly seen: T;
}

/**
 * `holds` may answer `stop` when it can never hold any more. `kind`: what is waited for, such as `volume available`;
 * of what has been waited for before the first look comes when it can have happened.
 */
export async function poll<T>(
  look: () => Promise<T>,
  holds: (seen: T) => boolean | 'stop',
  budgetMs: number,
  kind?: string,
  begun?: Begun<T>,
): Promise<Waited<T>> {
  const startedAt = begun?.startedAt ?? performance.now();
  const waited = (): number => performance.now() - startedAt;
  let interval: number = budgets.poll.first;
  if (!begun && kind !== undefined) await untilLikely(kind, budgetMs);
  for (let first = begun; ; first = undefined) {
    const lookedAt = waited();
    const last = first ? first.seen : await look();
    const answer = holds(last);
    if (answer === true) {
      if (kind !== undefined) learn(kind, lookedAt);
      return { held: true, last, waitedMs: waited() };
    }
    // Who takes long to answer is asked less often.
    const rest = Math.max(interval, Math.min(waited() - lookedAt, budgets.poll.most));
    if (answer === 'stop' || waited() + rest > budgetMs) return { held: false, last, waitedMs: waited() };
    await pause(rest);
    interval = Math.min(interval * budgets.poll.growth, budgets.poll.most);
  }
}

/**
 * Polls what a GET shows of the state. A response that shows nothing, such as a 500, is waited past; when it is the last
 * one, or when this request has been answered with nothing else for long, nothing is known.
 *
 * @throws Unreached
 */
export async function pollShown(
  { recorder }: { readonly recorder: Pick<Recorder, 'isFailing'> },
  look: () => Promise<Exchange>,
  holds: (shown: Checked) => boolean | 'stop',
  budgetMs: number,
  kind?: string,
  begun?: Begun<Exchange>,
): Promise<Waited<Checked>> {
  const waited = await poll(look, judgeShown(recorder, holds), budgetMs, kind, begun);
  const last = shownIn(waited.last);
  if (!last) throw unusable(waited.last);
  return { ...waited, last };
}

/** Of an exchange that shows nothing: look again, or stop where nothing else is to be expected. */
export function judgeShown(
  recorder: Pick<Recorder, 'isFailing'>,
  holds: (shown: Checked) => boolean | 'stop',
): (seen: Exchange) => boolean | 'stop' {
  return (seen) => {
    const shown = shownIn(seen);
    if (shown) return holds(shown);
    return recorder.isFailing(seen.request) ? 'stop' : false;
  };
}

/** Until what is waited for can have happened. */
export async function untilLikely(kind: string, budgetMs: number): Promise<void> {
  const early = Math.min(soonest(kind), budgetMs / 4);
  if (early > budgets.poll.first) await pause(early);
}

/** The status of an exchange, or undefined when no response came. */
export function statusOf(exchange: Exchange): number | undefined {
  return exchange.response?.status;
}
