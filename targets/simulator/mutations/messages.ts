/** Operators on requests and responses as they are sent: headers and form of errors, content types, odd ids and bodies. */

import { unforeseen } from '../compute/errors.ts';
import type { Fault } from '../faults/fault.ts';
import type { Tamper } from '../handler.ts';
import { contentShape, type Endpoint } from '../kernel/endpoint.ts';
import { isObject, type Json, json, type SimRequest, type SimResponse } from '../kernel/http.ts';
import { isUuidLike, type Shape } from '../kernel/shape.ts';

/** The faults of one endpoint. */
export function messageFaults(endpoint: Endpoint): readonly Fault[] {
  const { operation, path, rules } = endpoint;
  const { body, query } = rules;
  const name = operation.split('/')[1] ?? operation;
  const fault = (id: string, summary: string, tamper: Tamper): Fault => ({
    id: `${operation}:${id}`,
    summary: `${summary} the endpoint ${name}.`,
    generated: true,
    kind: 'tamper',
    operations: [operation],
    tamper,
  });
  const content = body && contentShape(body);
  const values = enumsOf(content);
  return [
    fault('errors-without-version', 'No version headers in errors of', onErrors(without(versionNames))),
    fault('errors-without-vary', 'No Vary header in errors of', onErrors(without(['vary']))),
    fault('errors-without-request-id', 'No request id in errors of', onErrors(without(idNames))),
    fault('errors-with-one-key', 'Errors have the key computeFault at', onErrors(keyed(() => 'computeFault'))),
    fault('errors-with-code-as-text', 'The code is a text in errors of', onErrors(keyed(undefined, String))),
    fault('errors-of-another-form', 'A list of errors, as in newer services, from', onErrors(listed)),
    ...(body
      ? [
          fault('any-content-type', 'Any Content-Type is read as JSON by', (next) => (request, cloud) => {
            const typed = { 'content-type': 'application/json' };
            return next({ ...request, headers: { ...request.headers, ...typed } }, cloud);
          }),
          ...(content?.types?.join() === 'object'
            ? [
                fault(
                  'fails-on-odd-bodies',
                  'A body that is not an object, or contains none, is a 500 of',
                  failing(hasOddBody(body.envelope)),
                ),
              ]
            : []),
          ...values.map(({ at, value }) =>
            fault(
              `refuse-value:body.${at}.${value}`,
              `The value ${value} of ${at} is refused by`,
              refusing((request) => textsIn(bodyOf(request)).includes(value)),
            ),
          ),
        ]
      : []),
    ...(path.includes('/:')
      ? [
          fault(
            'fails-on-odd-ids',
            'An id that is not a UUID is a 500 of',
            failing(({ params }) => {
              return Object.values(params).some((id) => !isUuidLike(id));
            }),
          ),
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
    const body = bodyOf(response);
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
    if (response.status >= 400 || !isRefused(request)) return response;
    return json(400, { badRequest: { code: 400, message: 'Invalid input.' } }, response.headers);
  };
}

function hasOddBody(envelope: string | undefined): (request: SimRequest) => boolean {
  return (request) => {
    const body = bodyOf(request);
    const content = isObject(body) && envelope !== undefined && Object.hasOwn(body, envelope) ? body[envelope] : body;
    return content !== undefined && !isObject(content);
  };
}

/** Undefined for a body that is not JSON. */
function bodyOf({ body = '' }: Pick<SimRequest, 'body'>): Json | undefined {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
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
