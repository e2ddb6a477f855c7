/**
 * Pure matchers: they compare an exchange with an expectation and return findings, none when they match. Matchers of
 * bodies take an exchange whose status was checked.
 *
 * @throws TransportError, Unreached when the exchange has no response that can be judged.
 */
import { headerValue, type Exchange } from '../client/exchange.ts';
import { atPointer, type Json, type NonEmpty, type ReadJson } from '../json.ts';
import { matchBody, type BodySchema } from '../schema/match.ts';
import { respondedWith, bodyOf, isAbsent, keptBody, readBody, responseOf, unusable, type Checked } from './checked.ts';
import type { Finding } from './verdict.ts';

export { headerValue, headerValues } from '../client/exchange.ts';
export { respondedWith, bodyOf, responseOf, type Checked } from './checked.ts';

/** A refused observation shows no state, unless it is the 404 of an absent resource: it throws and is no finding. */
export function expectStatus(exchange: Exchange, ...expected: NonEmpty<number>): readonly Finding[] {
  const { status } = responseOf(exchange);
  if (expected.includes(status)) return [];
  if (exchange.purpose !== 'act' && !isAbsent(exchange)) throw unusable(exchange);
  return [{ kind: 'status', exchange: exchange.id, expected, seen: status }];
}

/** Checks the status and, if it is the expected one, judges the response. */
export function expectResponse(
  exchange: Exchange,
  expected: number | NonEmpty<number>,
  judge: (response: Checked) => readonly Finding[],
): readonly Finding[] {
  const statuses: NonEmpty<number> = typeof expected === 'number' ? [expected] : expected;
  const response = respondedWith(exchange, ...statuses);
  if (!response) return expectStatus(exchange, ...statuses);
  if (exchange.purpose !== 'act' && bodyOf(response) === undefined) throw unusable(exchange);
  return judge(response);
}

export function expectJson(exchange: Checked): readonly Finding[] {
  const { id, response } = exchange;
  const read = readBody(exchange);
  const kept = keptBody(exchange);
  const fault = faultOf(kept.is === read.is ? kept : read);
  if (fault === undefined) return [];
  const seen = response.body === '' ? 'no body' : `a body that ${fault}: ${response.body.slice(0, 200)}`;
  return [{ kind: 'body', exchange: id, expected: 'a JSON body', seen }];
}

/** Why a body cannot be judged as JSON. */
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

export function expectNoBody({ id, response: { body } }: Checked): readonly Finding[] {
  if (body === '') return [];
  return [{ kind: 'body', exchange: id, expected: 'no body', seen: body.slice(0, 200) }];
}

export function expectSchema(exchange: Checked, schema: BodySchema): readonly Finding[] {
  const body = bodyOf(exchange);
  if (body === undefined) return expectJson(exchange);
  const kept = keptBody(exchange);
  const shown = kept.is === 'json' ? kept.value : null;
  return matchBody(schema, body, shown).map((mismatch) => ({ kind: 'schema', exchange: exchange.id, ...mismatch }));
}

/** `matches` gets the joined values; a missing header never matches. */
export function expectHeader(
  exchange: Exchange,
  name: string,
  expected: string,
  matches: (value: string) => boolean = (value) => value === expected,
): readonly Finding[] {
  const seen = headerValue(responseOf(exchange).headers, name);
  if (seen !== undefined && matches(seen)) return [];
  return [{ kind: 'header', exchange: exchange.id, name, expected, seen: seen ?? null }];
}

export function expectValue(exchange: Checked, pointer: string, expected: Json): readonly Finding[] {
  const body = bodyOf(exchange);
  if (body === undefined) return expectJson(exchange);
  const seen = atPointer(body, pointer);
  if (seen !== undefined && sameJson(seen, expected)) return [];
  return [{ kind: 'value', exchange: exchange.id, pointer, expected, ...(seen === undefined ? {} : { seen }) }];
}

/** Equal as JSON; the order of keys is ignored. */
export function sameJson(a: Json, b: Json): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}

/** Checks an error response of Nova: `key` is its only member, such as `itemNotFound`. */
export function expectFault(exchange: Checked, key: string): readonly Finding[] {
  const { status } = exchange.response;
  const unread = expectJson(exchange);
  if (unread.length > 0) return unread;
  return [...expectValue(exchange, `/${key}/code`, status), ...expectText(exchange, `/${key}/message`)];
}

function expectText(exchange: Checked, pointer: string): readonly Finding[] {
  const seen = atPointer(bodyOf(exchange), pointer);
  if (typeof seen === 'string' && seen !== '') return [];
  return [
    { kind: 'value', exchange: exchange.id, pointer, expected: 'a text', ...(seen === undefined ? {} : { seen }) },
  ];
}
