/**
 * The handler of all declared endpoints of the compute service: checks in order, effect, response.
 */

import { includes } from '../../../src/microversion.ts';
import type { Check } from '../kernel/checks.ts';
import {
  contentShape,
  type Endpoint,
  endpoint,
  type EndpointRules,
  type Declaration,
  pass,
  type Subject,
  type Success,
  successAt,
} from '../kernel/endpoint.ts';
import { type Field, represent } from '../kernel/fields.ts';
import {
  bodiless,
  isObject,
  type Json,
  json,
  type JsonObject,
  member,
  type SimResponse,
  withHeaders,
} from '../kernel/http.ts';
import { badRequest, notFound, type Refusal, UnexpectedError } from '../kernel/refusal.ts';
import type { Route } from '../kernel/router.ts';
import { isOffered, type Shape } from '../kernel/shape.ts';
import type { ComputeCall, ComputeHandle } from './call.ts';
import { policyRefusal } from './policy.ts';
import { decodedQuery, queryRefusal } from './query.ts';
import { bodyRefusal, readBody } from './validate.ts';

/** Declares an endpoint of the compute service. */
export function computeEndpoint<Found extends object, Item>(
  operation: `compute/${string}`,
  declaration: Declaration<ComputeCall, Found, Item>,
): Endpoint {
  return endpoint(operation, { ...declaration, refusals: { ...common, ...declaration.refusals } });
}

export function routesOf(endpoints: readonly Endpoint[]): readonly Route<ComputeHandle>[] {
  const byCall = new Map<string, Endpoint[]>();
  for (const one of endpoints) {
    const call = `${one.method} ${one.path}`;
    byCall.set(call, [...(byCall.get(call) ?? []), one]);
  }
  return [...byCall.values()].flatMap((sharing) => {
    const last = sharing.at(-1);
    return last ? [routeOf(sharing, last)] : [];
  });
}

function routeOf(sharing: readonly Endpoint[], last: Endpoint): Route<ComputeHandle> {
  const { operation, method, path } = last;
  if (sharing.length === 1) {
    return {
      operation,
      method,
      path,
      handle: {
        exists: (call) => includesVersion(rulesOf(call, operation), call),
        answer: (call) => run(call, rulesOf(call, operation)),
      },
    };
  }
  const otherwise = last.choice ? undefined : last;
  return {
    operation: (body, params) =>
      (sharing.find(({ choice }) => choice?.named(body, params) === true) ?? otherwise)?.operation,
    method,
    path,
    handle: {
      answer: (call) => {
        const chosen = sharing.find(({ choice }) => choice?.meant(call as never)) ?? otherwise;
        if (!chosen) throw noSuchAction(call);
        const rules = rulesOf(call, chosen.operation);
        if (!includesVersion(rules, call)) throw notFound('The resource could not be found.');
        return run(call, rules);
      },
    },
  };
}

/** For calls that are told apart by the only member of the body. */
function noSuchAction({ body }: ComputeCall): Refusal {
  const [name, ...others] = isObject(body) ? Object.keys(body) : [];
  return name === undefined || others.length > 0
    ? badRequest('Malformed request body')
    : badRequest(`There is no such action: ${name}`);
}

function rulesOf({ cloud }: ComputeCall, operation: string): EndpointRules {
  const rules = cloud.behaviour.compute.endpoints[operation];
  if (!rules) throw new Error(`${operation} is not in the rules of the compute service.`);
  return rules;
}

function includesVersion({ range }: EndpointRules, { at }: ComputeCall): boolean {
  return !range || includes(range, at);
}

async function run(call: ComputeCall, rules: EndpointRules): Promise<SimResponse> {
  const subject = subjectOf(call, rules);
  pass(rules.checks, subject);
  const item: unknown = rules.listing ? listed(subject) : await rules.result?.(subject);
  const success = successAt(rules, call.at, item);
  if (item === undefined && (rules.effect ?? success.content === 'item')) {
    throw new UnexpectedError('builtins.AttributeError');
  }
  rules.effect?.(subject, item as never);
  return respond(subject, success, item);
}

/** The functions of any rules take anything: the declaration has checked that they fit together. */
type AnySubject = Subject<never, never>;

function subjectOf(call: ComputeCall, rules: EndpointRules): AnySubject {
  const { body } = rules;
  const content = body && contentOf(readBody(call, body.shape), body.envelope);
  const wanted: JsonObject = body && isObject(content) ? offeredMembers(contentShape(body), content, call) : {};
  const query = Object.fromEntries(decodedQuery(call.request) ?? []);
  return { call, rules, query, wanted, found: foundBy(rules, call, wanted) } as AnySubject;
}

/** Without those that the operation has at other microversions only. */
function offeredMembers(shape: Shape | undefined, content: JsonObject, { at }: ComputeCall): JsonObject {
  const { properties = {} } = shape ?? {};
  return Object.fromEntries(
    Object.entries(content).filter(([name]) => !Object.hasOwn(properties, name) || isOffered(properties[name], at)),
  );
}

function contentOf(body: Json | undefined, envelope: string | undefined): Json | undefined {
  return envelope === undefined ? body : member(body, envelope);
}

/** Each is looked up when it is needed, and only once. */
function foundBy({ lookups }: EndpointRules, call: ComputeCall, wanted: JsonObject): object {
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
  call: ComputeCall,
  wanted: JsonObject,
): unknown {
  const id = lookup?.id(call as never, wanted) ?? '';
  for (const row of lookup?.rows(call as never) ?? []) {
    if (lookup?.matches(row as never, id) && lookup.sees?.(call as never, row as never) !== false) return row;
  }
  return undefined;
}

/** The checks that every endpoint may have. */
const common: Readonly<Record<string, Check<Subject<ComputeCall, unknown>>>> = {
  query: ({ call, rules }) => {
    const { properties, read, strict } = rules.query;
    if (!includes(read, call.at) && !includes(strict, call.at)) return undefined;
    if (!decodedQuery(call.request)) return badRequest('Query string is not UTF-8 encoded');
    return queryRefusal(call, { properties }, includes(strict, call.at));
  },
  body: ({ call, rules }) => rules.body && bodyRefusal(call, rules.body.shape),
  role: (subject) => {
    const { cloud, caller } = subject.call;
    const { rule, project } = subject.rules.policy;
    return policyRefusal(cloud, caller, rule, project?.(subject as AnySubject) ?? caller.projectId);
  },
};

function listed(subject: AnySubject): readonly unknown[] {
  const { listing } = subject.rules;
  const rows = [...(listing?.rows(subject.call) ?? [])] as never[];
  return (
    listing?.page(
      subject,
      rows.filter((row) => listing.includes?.(subject, row) !== false),
    ) ?? []
  );
}

function respond({ call, rules }: Subject<ComputeCall, unknown>, success: Success, item: unknown): SimResponse {
  const { response } = rules;
  const { status, content } = success;
  const shown = (fields: readonly Field<never>[] = [], one = item): JsonObject =>
    represent(fields, { call, item: one } as never, call.at);
  const headers = shown(response?.headers) as Readonly<Record<string, string>>;
  if (content === 'bare') return { status, headers: { 'Content-Type': 'text/html; charset=UTF-8' }, body: '' };
  if (content === 'none' || !response) return withHeaders(bodiless(status), headers);
  const { envelope, fields, beside, body } = response;
  if (body) return json(status, body({ call, item } as never), headers);
  const shownItem = Array.isArray(item) ? item.map((one) => shown(fields, one)) : shown(fields);
  return json(status, envelope === undefined ? shownItem : { [envelope]: shownItem, ...shown(beside) }, headers);
}
