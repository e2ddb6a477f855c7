/** Operators on requests and responses as they are sent: headers and form of errors, content types, odd ids and bodies. */

import { unforeseen } from '../compute/errors.ts';
import { decodedQuery } from '../compute/query.ts';
import type { Fault } from '../faults/fault.ts';
import type { Tamper } from '../handler.ts';
import { contentShape } from '../kernel/endpoint.ts';
import { isObject, type Json, json, jsonIn, member, type SimRequest, type SimResponse } from '../kernel/http.ts';
import { isUuidLike, type JsonType, type Shape } from '../kernel/shape.ts';
import { type Tampered, tampering } from './tampering.ts';

/** The faults of one endpoint. */
export function messageFaults(tampered: Tampered): readonly Fault[] {
  const { path, rules } = tampered.endpoint;
  const { body, query } = rules;
  const fault = (id: string, summary: string, tamper: Tamper): Fault => tampering(tampered, id, summary, tamper);
  const content = body && contentShape(body);
  const values = enumsOf(content);
  return [
    fault('errors-without-version', 'No version headers in errors of', onErrors(without(versionNames))),
    fault('errors-without-vary', 'No Vary header in errors of', onErrors(without(['vary']))),
    fault('errors-without-request-id', 'No request id in errors of', onErrors(without(idNames))),
    fault('errors-with-one-key', 'Errors have the key computeFault at', onErrors(keyed(() => 'computeFault'))),
    fault('errors-with-code-as-text', 'The code is a text in errors of', onErrors(keyed(undefined, String))),
    fault('errors-of-another-form', 'A list of errors, as in newer services, from', onErrors(listed)),
    fault(
      'fails-on-odd-queries',
      'A query that is not UTF-8 is a 500 of',
      failing((request) => decodedQuery(request) === undefined),
    ),
    ...(body
      ? [
          fault('any-content-type', 'Any Content-Type is read as JSON by', (next) => (request, cloud) => {
            const typed = { 'content-type': 'application/json' };
            return next({ ...request, headers: { ...request.headers, ...typed } }, cloud);
          }),
          ...(content && (isOnly(content, 'object') || isOnly(content, 'array') || isObjectOrNull(content))
            ? [
                fault(
                  'fails-on-odd-bodies',
                  'A body that is not an object, or whose content is of another type, is a 500 of',
                  failing(hasOddBody(body.envelope, isOnly(content, 'array'))),
                ),
              ]
            : []),
          ...(content && isOnly(content, 'object')
            ? [
                fault(
                  'fails-on-odd-members',
                  'A member of the body that is a list or an object of no such type is a 500 of',
                  failing(hasOddMember(body.envelope, content)),
                ),
              ]
            : []),
          ...values.map(({ at, value }) =>
            fault(
              `refuse-value:body.${at}.${value}`,
              `The value ${value} of ${at} is refused by`,
              refusing((request) => textsIn(jsonIn(request)).includes(value)),
            ),
          ),
        ]
      : []),
    ...(path.includes('/:')
      ? [
          fault('fails-on-odd-ids', 'An id that is not a UUID is a 500 of', failing(hasOddId)),
          fault('refuses-odd-ids', 'An id that is not a UUID is a 400 of', (next) => async (request, cloud) => {
            const response = await next(request, cloud);
            return response.status === 404 && hasOddId(request) ? invalid(response) : response;
          }),
        ]
      : []),
    ...('limit' in query.properties
      ? [
          fault(
            'refuse-value:query.limit.great',
            'A limit above the greatest is refused by',
            refusing(({ query: text }) => Number(new URLSearchParams(text).get('limit')) > 1000),
          ),
        ]
      : []),
  ];
}

const versionNames = ['openstack-api-version', 'x-openstack-nova-api-version'];
const idNames = ['x-openstack-request-id', 'x-compute-request-id'];

function onErrors(change: (response: SimResponse) => SimResponse): Tamper {
  return (next) => async (request, cloud) => {
    const response = await next(request, cloud);
    return response.status >= 400 ? change(response) : response;
  };
}

function without(names: readonly string[]): (response: SimResponse) => SimResponse {
  return (response) => {
    const kept = Object.entries(response.headers).filter(([name]) => !names.includes(name.toLowerCase()));
    return { ...response, headers: Object.fromEntries(kept) };
  };
}

/** Another key of the error, or another code in it. */
function keyed(
  key = (own: string): string => own,
  code = (own: Json): Json => own,
): (response: SimResponse) => SimResponse {
  return (response) => {
    const body = jsonIn(response);
    const [[own, error] = []] = isObject(body) ? Object.entries(body) : [];
    if (own === undefined || !isObject(error)) return response;
    return json(response.status, { [key(own)]: { ...error, code: code(error.code ?? null) } }, response.headers);
  };
}

/** The form that the OpenStack API guidelines ask of new services. */
function listed({ status, headers }: SimResponse): SimResponse {
  return json(status, { errors: [{ status, title: 'Refused', detail: '' }] }, headers);
}

function failing(isOdd: (request: SimRequest) => boolean): Tamper {
  return (next) => (request, cloud) =>
    isOdd(request) ? unforeseen(cloud.behaviour.compute.supportText, 'builtins.ValueError') : next(request, cloud);
}

function refusing(isRefused: (request: SimRequest) => boolean): Tamper {
  return (next) => async (request, cloud) => {
    const response = await next(request, cloud);
    return response.status >= 400 || !isRefused(request) ? response : invalid(response);
  };
}

function invalid({ headers }: SimResponse): SimResponse {
  return json(400, { badRequest: { code: 400, message: 'Invalid input.' } }, headers);
}

function hasOddId({ params }: SimRequest): boolean {
  return Object.values(params).some((id) => !isUuidLike(id));
}

function isObjectOrNull({ types = [] }: Shape): boolean {
  return [...types].sort().join() === 'null,object';
}

function isOnly({ types = [] }: Shape, type: JsonType): boolean {
  return types.join() === type;
}

function hasOddBody(envelope: string | undefined, isArray: boolean): (request: SimRequest) => boolean {
  return (request) => {
    const body = jsonIn(request);
    const content = isObject(body) && envelope !== undefined && Object.hasOwn(body, envelope) ? body[envelope] : body;
    return (content ?? null) !== null && !(isArray ? Array.isArray(content) : isObject(content));
  };
}

/** As a lookup in a set fails. */
function hasOddMember(envelope: string | undefined, { properties = {} }: Shape): (request: SimRequest) => boolean {
  return (request) => {
    const content = envelope === undefined ? jsonIn(request) : member(jsonIn(request), envelope);
    return Object.entries(isObject(content) ? content : {}).some(([name, value]) => {
      const { types = [], typesAt = [] }: Shape = properties[name] ?? {};
      const known = [...types, ...typesAt.flatMap((one) => one.types)];
      return (Array.isArray(value) && !known.includes('array')) || (isObject(value) && !known.includes('object'));
    });
  };
}

function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The texts that members may have, with the place of each. */
function enumsOf(shape: Shape | undefined, at = ''): readonly { readonly at: string; readonly value: string }[] {
  if (!shape) return [];
  const own = [...(shape.enum ?? []), ...(shape.enumAt ?? []).flatMap(({ values }) => values)];
  return [
    ...own.flatMap((value) => (typeof value === 'string' ? [{ at, value }] : [])),
    ...Object.entries(shape.properties ?? {}).flatMap(([name, property]) =>
      enumsOf(property, at === '' ? name : `${at}.${name}`),
    ),
    ...enumsOf(shape.items, at),
  ];
}
