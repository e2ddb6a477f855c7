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

/**
 * `holds` may answer `stop` when it can never hold any more. `kind`: what is waited for, such as `volume available`;
 * of what has been waited for before the first look comes when it can have happened.
 */
export async function poll<T>(
  look: () => Promise<T>,
  holds: (seen: T) => boolean | 'stop',
  budgetMs: number,
  kind?: string,
): Promise<Waited<T>> {
  const startedAt = performance.now();
  const waited = (): number => performance.now() - startedAt;
  let interval: number = budgets.poll.first;
  const early = kind === undefined ? 0 : Math.min(soonest(kind), budgetMs / 4);
  if (early > interval) await pause(early);
  for (;;) {
    const lookedAt = waited();
    const last = await look();
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

/** The status of an exchange, or undefined when no response came. */
export function statusOf(exchange: Exchange): number | undefined {
  return exchange.response?.status;
}
