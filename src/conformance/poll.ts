/** Waiting: looks again, ever less often, until something holds or the budget is spent. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Exchange } from '../client/exchange.ts';
import { budgets } from './budgets.ts';

export interface Waited<T> {
  readonly held: boolean;
  /** The last look. */
  readonly last: T;
  readonly waitedMs: number;
}

/** `holds` may answer `stop` when it can never hold any more. */
export async function poll<T>(
  look: () => Promise<T>,
  holds: (seen: T) => boolean | 'stop',
  budgetMs: number,
): Promise<Waited<T>> {
  const startedAt = performance.now();
  const waited = (): number => performance.now() - startedAt;
  let interval: number = budgets.poll.first;
  for (;;) {
    const last = await look();
    const answer = holds(last);
    if (answer === true) return { held: true, last, waitedMs: waited() };
    if (answer === 'stop' || waited() + interval > budgetMs) return { held: false, last, waitedMs: waited() };
    await pause(interval);
    interval = Math.min(interval * budgets.poll.growth, budgets.poll.most);
  }
}

/** The status of an exchange, or undefined when no response came. */
export function statusOf(exchange: Exchange): number | undefined {
  return exchange.response?.status;
}
