/**
 * The handlers of declared endpoints, of every service: checks in order, effect, response.
 */

import { includes, type Microversion } from '../../../src/microversion.ts';
import {
  contentShape,
  type Endpoint,
  type EndpointRules,
  pass,
  type Subject,
  type Success,
  successAt,
} from './endpoint.ts';
import { type Field, represent } from './fields.ts';
import {
  bodiless,
  isObject,
  type Json,
  json,
  type JsonObject,
  member,
  type SimRequest,
  type SimResponse,
  withHeaders,
} from './http.ts';
import { badRequest, notFound, type Refusal, UnexpectedError } from './refusal.ts';
import type { Route } from './router.ts';
import { isOffered, type Shape } from './shape.ts';

/** What endpoints of every service work with. */
export interface EndpointCall {
  readonly request: SimRequest;
  /** Always the same at a service without microversions. */
  readonly at: Microversion;
  /** Undefined if the request has none or the method reads none. */
  readonly body: Json | undefined;
  readonly params: Readonly<Record<string, string>>;
}

export interface EndpointHandle<Call> {
  /** Whether the operation exists at the microversion of the call; always when missing. */
  readonly exists?: (call: Call) => boolean;
  readonly answer: (call: Call) => Promise<SimResponse>;
}

/** In what services differ. */
export interface EndpointService<Call> {
  /** The rules in force, by operation. */
  readonly rules: (call: Call) => Readonly<Record<string, EndpointRules>>;
  /** One value of each name. */
  readonly query: (request: SimRequest) => Readonly<Record<string, string>>;
  /** The body as an operation reads it; as it was sent when missing. */
  readonly read?: (call: Call, shape: Shape) => Json | undefined;
  /** The refusal of a body whose only member names no operation of the call. */
  readonly unknownAction?: (name: string) => Refusal;
}

export function routesOf<Call extends EndpointCall>(
  endpoints: readonly Endpoint[],
  service: EndpointService<Call>,
): readonly Route<EndpointHandle<Call>>[] {
  const byCall = new Map<string, Endpoint[]>();
  for (const one of endpoints) {
    const call = `${one.method} ${one.path}`;
    byCall.set(call, [...(byCall.get(call) ?? []), one]);
  }
  return [...byCall.values()].flatMap((sharing) => {
    const last = sharing.at(-1);
    return last ? [routeOf(sharing, last, service)] : [];
  });
}

function routeOf<Call extends EndpointCall>(
  sharing: readonly Endpoint[],
  last: Endpoint,
  service: EndpointService<Call>,
): Route<EndpointHandle<Call>> {
  const { operation, method, path } = last;
  if (sharing.length === 1) {
    return {
      operation,
      method,
      path,
      handle: {
        exists: (call) => includesVersion(rulesOf(service, call, operation), call),
        answer: (call) => run(service, call, rulesOf(service, call, operation)),
      },
    };
  }
  const otherwise = last.choice ? undefined : last;
  return {
    operation: (body, params) =>
      (sharing.find(({ choice }) => choice?.named(body, params) === true) ?? otherwise)?.operation ?? callOf(last),
    method,
    path,
    handle: {
      answer: (call) => {
        const chosen = sharing.find(({ choice }) => choice?.meant(call as never)) ?? otherwise;
        if (!chosen) throw noSuchAction(service, call);
        const rules = rulesOf(service, call, chosen.operation);
        if (!includesVersion(rules, call)) throw notFound('The resource could not be found.');
        return run(service, call, rules);
      },
    },
  };
}

/** In place of the operation of a request that is for none of those that share its call. */
export function callOf({ method, path }: Pick<Endpoint, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

/** For calls that are told apart by the only member of the body. */
function noSuchAction<Call extends EndpointCall>({ unknownAction }: EndpointService<Call>, { body }: Call): Refusal {
  const name = onlyMember(body);
  return name === undefined || !unknownAction ? badRequest('Malformed request body') : unknownAction(name);
}

/** The name of the only member of a body, which says what action is wanted; undefined if there is no such. */
export function onlyMember(body: Json | undefined): string | undefined {
  const [name, ...others] = isObject(body) ? Object.keys(body) : [];
  return others.length === 0 ? name : undefined;
}

function rulesOf<Call>(service: EndpointService<Call>, call: Call, operation: string): EndpointRules {
  const rules = service.rules(call)[operation];
  if (!rules) throw new Error(`${operation} is not in the rules of its service.`);
  return rules;
}

function includesVersion({ range }: EndpointRules, { at }: EndpointCall): boolean {
  return !range || includes(range, at);
}

async function run<Call extends EndpointCall>(
  service: EndpointService<Call>,
  call: Call,
  rules: EndpointRules,
): Promise<SimResponse> {
  const subject = subjectOf(service, call, rules);
  pass(rules.checks, subject);
  const item: unknown = rules.listing ? listed(subject) : await rules.result?.(subject);
  const success = successAt(rules, call.at, item);
  if (item === undefined && (rules.effect ?? success.content === 'item')) {
    throw new UnexpectedError('builtins.AttributeError');
  }
  rules.effect?.(subject, item as never);
  return respond(call, rules, success, item);
}

/** The functions of any rules take anything: the declaration has checked that they fit together. */
type AnySubject = Subject<never, never>;

function subjectOf<Call extends EndpointCall>(
  service: EndpointService<Call>,
  call: Call,
  rules: EndpointRules,
): AnySubject {
  const { body } = rules;
  const content = body && contentOf(service.read ? service.read(call, body.shape) : call.body, body.envelope);
  const wanted: JsonObject = body && isObject(content) ? offeredMembers(contentShape(body), content, call) : {};
  return { call, rules, query: service.query(call.request), wanted, found: foundBy(rules, call, wanted) } as AnySubject;
}

/** Without those that the operation has at other microversions only. */
function offeredMembers(shape: Shape | undefined, content: JsonObject, { at }: EndpointCall): JsonObject {
  const { properties = {} } = shape ?? {};
  return Object.fromEntries(
    Object.entries(content).filter(([name]) => !Object.hasOwn(properties, name) || isOffered(properties[name], at)),
  );
}

function contentOf(body: Json | undefined, envelope: string | undefined): Json | undefined {
  return envelope === undefined ? body : member(body, envelope);
}

/** Each is looked up when it is needed, and only once. */
function foundBy({ lookups }: EndpointRules, call: EndpointCall, wanted: JsonObject): object {
  const found = {};
  for (const name of Object.keys(lookups)) {
    let known: { readonly row: unknown } | undefined;
    Object.defineProperty(found, name, {
      enumerable: true,
      get: () => (known ??= { row: foundRow(lookups[name], call, wanted) }).row,
    });
  }
  return found;
}

function foundRow(
  lookup: EndpointRules['lookups'][string] | undefined,
  call: EndpointCall,
  wanted: JsonObject,
): unknown {
  const id = lookup?.id(call as never, wanted) ?? '';
  for (const row of lookup?.rows(call as never) ?? []) {
    if (lookup?.matches(row as never, id) && lookup.sees?.(call as never, row as never) !== false) return row;
  }
  return undefined;
}

function listed(subject: AnySubject): readonly unknown[] {
  const { listing } = subject.rules;
  const rows = [...(listing?.rows(subject.call) ?? [])] as never[];
  const included = rows.filter((row) => listing?.includes?.(subject, row) !== false);
  return listing?.page ? listing.page(subject, included) : included;
}

function respond(call: EndpointCall, { response }: EndpointRules, success: Success, item: unknown): SimResponse {
  const { status, content } = success;
  const shown = (fields: readonly Field<never>[] = [], one = item): JsonObject =>
    represent(fields, { call, item: one } as never, call.at);
  const headers = shown(response?.headers) as Readonly<Record<string, string>>;
  if (content === 'empty') return { status, headers, body: '' };
  if (content === 'bare') return { status, headers: { 'Content-Type': 'text/html; charset=UTF-8' }, body: '' };
  if (content === 'none' || !response) return withHeaders(bodiless(status), headers);
  const { envelope, fields, beside, others } = response;
  const whole = (one: unknown): JsonObject => ({ ...others?.({ call, item: one } as never), ...shown(fields, one) });
  const shownItem = Array.isArray(item) ? item.map(whole) : whole(item);
  return json(status, envelope === undefined ? shownItem : { [envelope]: shownItem, ...shown(beside) }, headers);
}
