/**
 * What a response may be used for. A body is read only of an exchange whose status was checked; a response that is no
 * word of the service on what was asked, such as a gateway's 502, decides nothing.
 */
import type { Exchange, ReceivedResponse } from '../client/exchange.ts';
import { receivedIn } from '../client/received.ts';
import { isJsonObject, jsonObject, readJson, type Json, type NonEmpty, type ReadJson } from '../json.ts';
import { TransportError, Unreached } from './errors.ts';

declare const checked: unique symbol;

/** An exchange that was answered with a status that was asked for. Only `answered` and what is built on it make one. */
export interface Checked extends Exchange {
  readonly response: ReceivedResponse;
  readonly [checked]: true;
}

/** The same exchange, when it was answered with one of these statuses; undefined otherwise. */
export function answered(exchange: Exchange, ...statuses: NonEmpty<number>): Checked | undefined {
  const { response } = exchange;
  return response && statuses.includes(response.status) ? (exchange as Checked) : undefined;
}

/** The body as JSON, or undefined. */
export function bodyOf(exchange: Checked): Json | undefined {
  const read = readBody(exchange);
  return read.is === 'json' ? read.value : undefined;
}

/** A response that clauses share is looked at by each of them. */
const bodies = new WeakMap<ReceivedResponse, ReadJson>();

/** As it was received, whatever was taken out of what is kept of it. */
export function readBody(exchange: Checked): ReadJson {
  const response = receivedIn(exchange) ?? exchange.response;
  const known = bodies.get(response) ?? readJson(response.body);
  bodies.set(response, known);
  return known;
}

/** As it may be shown: what is cut out of it has no half of a secret. */
export function keptBody(exchange: Checked): ReadJson {
  return exchange.redacted?.includes('response body') ? readJson(exchange.response.body) : readBody(exchange);
}

/**
 * What a look at the state shows: with 200 that something is there, with 404 in the service's own envelope that it is not.
 * Undefined where it shows neither.
 */
export function shownIn(exchange: Exchange): Checked | undefined {
  const there = answered(exchange, 200);
  if (there) return bodyOf(there) === undefined ? undefined : there;
  return isAbsent(exchange) ? answered(exchange, 404) : undefined;
}

/** The same. @throws Unreached where it shows neither */
export function shown(exchange: Exchange): Checked {
  const seen = shownIn(exchange);
  if (!seen) throw unusable(exchange);
  return seen;
}

/**
 * Is it not there, by word of the service itself? A proxy, or a server that knows no such path, answers 404 as well, but
 * not with the envelope that the service puts its refusals in.
 */
export function isAbsent(exchange: Exchange): boolean {
  const refused = answered(exchange, 404);
  if (!refused) return false;
  return Object.values(jsonObject(bodyOf(refused))).some((refusal) => isJsonObject(refusal) && refusal.code === 404);
}

/** Said by a gateway, or by a service that is not there at the moment. */
const absentService: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * The response, where it can be judged at all.
 *
 * @throws TransportError where a request under judgement got none
 * @throws Unreached where it is no word of the service, or an error of the service in a look at the state
 */
export function responseOf(exchange: Exchange): ReceivedResponse {
  const { purpose } = exchange;
  const response = receivedIn(exchange);
  if (!response) throw purpose === 'act' ? new TransportError(exchange) : unusable(exchange);
  if (absentService.has(response.status)) throw unusable(exchange);
  if (purpose !== 'act' && response.status >= 500) throw unusable(exchange);
  return response;
}

/** What was asked of which service, for messages: an exchange has the URL only. */
const asked = new WeakMap<Exchange, { readonly service: string; readonly path: string }>();

export function noteAsked(exchange: Exchange, service: string, path: string): void {
  asked.set(exchange, { service, path });
}

const ids = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;

/** A precondition that failed for its response: the cause names service, method, path and status. */
export function unusable(exchange: Exchange): Unreached {
  const { method, url } = exchange.request;
  const { service, path } = asked.get(exchange) ?? { service: '', path: url };
  const whose = service === '' ? '' : ` of ${service}`;
  const what = wordResponse(exchange);
  const often = (exchange.attempt ?? 1) > 1 ? ` ${exchange.attempt} times, the last time` : '';
  return new Unreached(
    `a usable response to ${method} ${path.replace(ids, '{id}')}${whose} (${what})`,
    `${method} ${path}${whose} was answered${often} with ${what}, which shows nothing of what was asked.`,
    exchange,
  );
}

function wordResponse(exchange: Exchange): string {
  const { response, failure } = exchange;
  if (!response) return `no response: ${failure?.code ?? 'unknown'}`;
  const success = response.status < 300 ? answered(exchange, response.status) : undefined;
  const isText = success && readBody(success).is !== 'json';
  return `status ${response.status}${isText ? ' and a body that is not JSON' : ''}`;
}
