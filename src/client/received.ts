/**
 * What was really sent and received, for judging and reading only: an exchange itself is evidence, and has lost its
 * secrets. What is kept of a value that was read loses them where it is kept.
 *
 * It lives as long as the exchange does, in this process alone, and is written nowhere. An exchange that was read from
 * evidence has nothing more than what was kept.
 */
import type { Exchange, ReceivedResponse, SentRequest } from './exchange.ts';

type Whole = Pick<Exchange, 'request' | 'response'>;

const wholes = new WeakMap<Exchange, Whole>();

/** Only what differs is kept twice. */
export function keepWhole(exchange: Exchange, { request, response }: Whole): void {
  if (exchange.redacted) wholes.set(exchange, { request, ...(response && { response }) });
}

export function sentIn(exchange: Exchange): SentRequest {
  return wholes.get(exchange)?.request ?? exchange.request;
}

/** Undefined when no response came. */
export function receivedIn(exchange: Exchange): ReceivedResponse | undefined {
  return wholes.get(exchange)?.response ?? exchange.response;
}
