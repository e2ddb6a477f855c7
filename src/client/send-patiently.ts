/**
 * One request and, where what came back says so, the same again: every attempt is an
 * exchange of its own, and all attempts at what was repeated can be collected by whoever they were made for.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Exchange } from './exchange.ts';
import type { Errand, Recorded, Recorder } from './recorder.ts';

const repeated = new AsyncLocalStorage<Exchange[]>();

/** Lets work go on whose repeated requests are added to `into`, every attempt, whatever part of it they belong to. */
export function collectingAttempts<T>(into: Exchange[], work: () => Promise<T>): Promise<T> {
  return repeated.run(into, work);
}

/** `errand` is asked anew for each attempt, since a token may have ended meanwhile; `keep` gets every exchange. */
export async function sendPatiently(
  recorder: Recorder,
  errand: () => Errand | Promise<Errand>,
  keep: (exchange: Exchange) => void = () => undefined,
): Promise<Recorded> {
  const { now } = recorder;
  const startedAt = now();
  for (let attempt = 1; ; attempt += 1) {
    const wanted = await errand();
    const recorded = await recorder.send({ ...wanted, ...(attempt > 1 && { attempt }) });
    const { exchange } = recorded;
    keep(exchange);
    const { creates = false, isConfirming = false } = wanted;
    const again = await recorder.again({ exchange, attempt, sinceMs: now() - startedAt, creates, isConfirming });
    if (again || attempt > 1) repeated.getStore()?.push(exchange);
    if (!again) return recorded;
  }
}
