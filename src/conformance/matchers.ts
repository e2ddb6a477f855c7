/**
 * Pure matchers: an exchange and an expectation to findings, empty when it holds.
 *
 * @throws TransportError when the exchange has no response: then nothing can be said about the target.
 */
import { headerValue, type Exchange, type ReceivedResponse } from '../client/exchange.ts';
import { atPointer, readJson, type Json, type NonEmpty, type ReadJson } from '../json.ts';
import { matchBody, type BodySchema } from '../schema/match.ts';
import { TransportError } from './errors.ts';
import type { Finding } from './verdict.ts';

export { headerValue, headerValues } from '../client/exchange.ts';

export function responseOf(exchange: Exchange): ReceivedResponse {
  if (!exchange.response) throw new TransportError(exchange);
  return exchange.response;
}

export function expectStatus(exchange: Exchange, ...expected: NonEmpty<number>): readonly Finding[] {
  const { status } = responseOf(exchange);
  return expected.includes(status) ? [] : [{ kind: 'status', exchange: exchange.id, expected, seen: status }];
}

/** The body as JSON, or undefined. */
export function bodyOf(exchange: Exchange): Json | undefined {
  const read = readBody(responseOf(exchange));
  return read.is === 'json' ? read.value : undefined;
}

/** A reply that clauses share is looked at by each of them. */
const bodies = new WeakMap<ReceivedResponse, ReadJson>();

function readBody(response: ReceivedResponse): ReadJson {
  const known = bodies.get(response) ?? readJson(response.body);
  bodies.set(response, known);
  return known;
}

export function expectJson(exchange: Exchange): readonly Finding[] {
  const { body } = responseOf(exchange);
  const fault = faultOf(readBody(responseOf(exchange)));
  if (fault === undefined) return [];
  const seen = body === '' ? 'no body' : `a body that ${fault}: ${body.slice(0, 200)}`;
  return [{ kind: 'body', exchange: exchange.id, expected: 'a JSON body', seen }];
}

/** Why a text cannot be judged as JSON. */
function faultOf(read: ReadJson): string | undefined {
  switch (read.is) {
    case 'json':
      return undefined;
    case 'no-json':
      return 'is not JSON';
    case 'too-deep':
      return 'is nested too deep';
    case 'ambiguous':
      return `has the key ${JSON.stringify(read.key.slice(0, 100))} twice in one object`;
  }
}

export function expectNoBody(exchange: Exchange): readonly Finding[] {
  const { body } = responseOf(exchange);
  if (body === '') return [];
  return [{ kind: 'body', exchange: exchange.id, expected: 'no body', seen: body.slice(0, 200) }];
}

export function expectSchema(exchange: Exchange, schema: BodySchema): readonly Finding[] {
  const body = bodyOf(exchange);
  if (body === undefined) return expectJson(exchange);
  return matchBody(schema, body).map((mismatch) => ({ kind: 'schema', exchange: exchange.id, ...mismatch }));
}

/** `holds` judges the joined values; a missing header never holds. */
export function expectHeader(
  exchange: Exchange,
  name: string,
  expected: string,
  holds: (value: string) => boolean = (value) => value === expected,
): readonly Finding[] {
  const seen = headerValue(responseOf(exchange).headers, name);
  if (seen !== undefined && holds(seen)) return [];
  return [{ kind: 'header', exchange: exchange.id, name, expected, seen: seen ?? null }];
}

export function expectValue(exchange: Exchange, pointer: string, expected: Json): readonly Finding[] {
  const seen = atPointer(bodyOf(exchange), pointer);
  if (seen !== undefined && sameJson(seen, expected)) return [];
  return [{ kind: 'value', exchange: exchange.id, pointer, expected, ...(seen === undefined ? {} : { seen }) }];
}

/** Equal as JSON, whatever the order of keys. */
export function sameJson(a: Json, b: Json): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}

/** The one key of a Nova fault body, such as `itemNotFound`; undefined when the body is no such thing. */
export function expectFault(exchange: Exchange, key: string): readonly Finding[] {
  const { status } = responseOf(exchange);
  return [...expectValue(exchange, `/${key}/code`, status), ...expectText(exchange, `/${key}/message`)];
}

function expectText(exchange: Exchange, pointer: string): readonly Finding[] {
  const seen = atPointer(bodyOf(exchange), pointer);
  if (typeof seen === 'string' && seen !== '') return [];
  return [
    { kind: 'value', exchange: exchange.id, pointer, expected: 'a text', ...(seen === undefined ? {} : { seen }) },
  ];
}
