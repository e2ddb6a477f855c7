/**
 * Sends one request, and retries it as the request policy demands: every attempt is an exchange of its own, and all
 * attempts of retried requests can be collected.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Exchange } from './exchange.ts';
import type { RequestFacts, Recorded, Recorder } from './recorder.ts';

const repeated = new AsyncLocalStorage<Exchange[]>();

/** Runs work and adds every attempt of its retried requests to `into`. */
export function collectingAttempts<T>(into: Exchange[], work: () => Promise<T>): Promise<T> {
  return repeated.run(into, work);
}

/** `requestFacts` is called for each attempt, since a token may have expired; `keep` gets every exchange. */
export async function sendPatiently(
  recorder: Recorder,
  requestFacts: () => RequestFacts | Promise<RequestFacts>,
  keep: (exchange: Exchange) => void = () => undefined,
): Promise<Recorded> {
  const { now } = recorder;
  const startedAt = now();
  for (let attempt = 1; ; attempt += 1) {
    const wanted = await requestFacts();
    const recorded = await recorder.send({ ...wanted, ...(attempt > 1 && { attempt }) });
    const { exchange } = recorded;
    keep(exchange);
    const { creates = false, isConfirming = false } = wanted;
    const again = await recorder.again({ exchange, attempt, sinceMs: now() - startedAt, creates, isConfirming });
    if (again || attempt > 1) repeated.getStore()?.push(exchange);
    if (!again) return recorded;
  }
}
