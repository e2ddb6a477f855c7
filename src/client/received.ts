/**
 * The unredacted request and response of an exchange, for checks and for reading values only: the exchange itself is
 * redacted evidence. Values that were read are redacted where they are stored.
 *
 * They exist as long as the exchange, in this process only, and are never written. An exchange that was read from
 * evidence has only its redacted form.
 */
import type { Exchange, ReceivedResponse, SentRequest } from './exchange.ts';

type Whole = Pick<Exchange, 'request' | 'response'>;

const wholes = new WeakMap<Exchange, Whole>();

/** Keeps the unredacted form only if it differs. */
export function keepWhole(exchange: Exchange, { request, response }: Whole): void {
  if (exchange.redacted) wholes.set(exchange, { request, ...(response && { response }) });
}

export function sentIn(exchange: Exchange): SentRequest {
  return wholes.get(exchange)?.request ?? exchange.request;
}

/** Undefined without a response. */
export function receivedIn(exchange: Exchange): ReceivedResponse | undefined {
  return wholes.get(exchange)?.response ?? exchange.response;
}
