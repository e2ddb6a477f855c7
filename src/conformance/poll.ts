/** Waiting: looks again, ever less often, until something holds or the budget is spent. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Exchange } from '../client/exchange.ts';
import { budgets } from './budgets.ts';
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

/** Until what is waited for can have happened. */
export async function untilLikely(kind: string, budgetMs: number): Promise<void> {
  const early = Math.min(soonest(kind), budgetMs / 4);
  if (early > budgets.poll.first) await pause(early);
}

/** The status of an exchange, or undefined when no response came. */
export function statusOf(exchange: Exchange): number | undefined {
  return exchange.response?.status;
}
