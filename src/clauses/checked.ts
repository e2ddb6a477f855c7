/**
 * What a response may be used for. A body is read only from an exchange whose status was checked. A response that does
 * not come from the service itself, such as a 502 of a gateway, decides nothing.
 */
import type { Exchange, ReceivedResponse } from '../client/exchange.ts';
import { receivedIn } from '../client/received.ts';
import { isJsonObject, jsonObject, readJson, type Json, type NonEmpty, type ReadJson } from '../json.ts';
import { TransportError, Unreached } from '../execution/errors.ts';

declare const checked: unique symbol;

/** An exchange whose response has an expected status. Only `answered` and functions built on it create one. */
export interface Checked extends Exchange {
  readonly response: ReceivedResponse;
  readonly [checked]: true;
}

/** The same exchange if its response has one of these statuses; undefined otherwise. */
export function respondedWith(exchange: Exchange, ...statuses: NonEmpty<number>): Checked | undefined {
  const { response } = exchange;
  return response && statuses.includes(response.status) ? (exchange as Checked) : undefined;
}

/** The body as JSON, or undefined. */
export function bodyOf(exchange: Checked): Json | undefined {
  const read = readBody(exchange);
  return read.is === 'json' ? read.value : undefined;
}

/** Cache: several clauses read the same shared response. */
const bodies = new WeakMap<ReceivedResponse, ReadJson>();

/** The body as received, before redaction. */
export function readBody(exchange: Checked): ReadJson {
  const response = receivedIn(exchange) ?? exchange.response;
  const known = bodies.get(response) ?? readJson(response.body);
  bodies.set(response, known);
  return known;
}

/** The body for display: redacted, so that an excerpt cannot contain part of a secret. */
export function keptBody(exchange: Checked): ReadJson {
  return exchange.redacted?.includes('response body') ? readJson(exchange.response.body) : readBody(exchange);
}

/**
 * The exchange if it shows the state: a 200 shows that something exists, a 404 in the service's own envelope that it
 * does not. Undefined otherwise.
 */
export function shownIn(exchange: Exchange): Checked | undefined {
  const there = respondedWith(exchange, 200);
  if (there) return bodyOf(there) === undefined ? undefined : there;
  return isAbsent(exchange) ? respondedWith(exchange, 404) : undefined;
}

/** Like `shownIn`. @throws Unreached when the exchange does not show the state */
export function shown(exchange: Exchange): Checked {
  const seen = shownIn(exchange);
  if (!seen) throw unusable(exchange);
  return seen;
}

/**
 * Whether the service itself reports that the resource does not exist. A proxy, or a server without such a path, also
 * responds with 404, but not with the error envelope of the service.
 */
export function isAbsent(exchange: Exchange): boolean {
  const refused = respondedWith(exchange, 404);
  if (!refused) return false;
  return Object.values(jsonObject(bodyOf(refused))).some((refusal) => isJsonObject(refusal) && refusal.code === 404);
}

/** Statuses of a gateway, or of a service that is temporarily unavailable. */
const absentService: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * The response, if it can be judged.
 *
 * @throws TransportError when a request under test got no response
 * @throws Unreached when it does not come from the service, or is a server error to an observation of the state
 */
export function responseOf(exchange: Exchange): ReceivedResponse {
  const { purpose } = exchange;
  const response = receivedIn(exchange);
  if (!response) throw purpose === 'act' ? new TransportError(exchange) : unusable(exchange);
  if (absentService.has(response.status)) throw unusable(exchange);
  if (purpose !== 'act' && response.status >= 500) throw unusable(exchange);
  return response;
}

/** Service and path of each request, for messages: an exchange has only the URL. */
const asked = new WeakMap<Exchange, { readonly service: string; readonly path: string }>();

export function noteAsked(exchange: Exchange, service: string, path: string): void {
  asked.set(exchange, { service, path });
}

const ids = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;

/** A precondition that failed because of its response: the cause names service, method, path and status. */
export function unusable(exchange: Exchange): Unreached {
  const { method, url } = exchange.request;
  const { service, path } = asked.get(exchange) ?? { service: '', path: url };
  const whose = service === '' ? '' : ` of ${service}`;
  const what = describeResponse(exchange);
  const often = (exchange.attempt ?? 1) > 1 ? ` ${exchange.attempt} times, the last time` : '';
  return new Unreached(
    `a usable response to ${method} ${path.replace(ids, '{id}')}${whose} (${what})`,
    `${method} ${path}${whose} was answered${often} with ${what}, which does not show the requested state.`,
    exchange,
  );
}

function describeResponse(exchange: Exchange): string {
  const { response, failure } = exchange;
  if (!response) return `no response: ${failure?.code ?? 'unknown'}`;
  const success = response.status < 300 ? respondedWith(exchange, response.status) : undefined;
  const isText = success && readBody(success).is !== 'json';
  return `status ${response.status}${isText ? ' and a body that is not JSON' : ''}`;
}
