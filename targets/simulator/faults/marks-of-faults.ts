/**
 * Faults in error responses: missing headers, or another form of the body.
 */

import type { Fault } from './fault.ts';
import { isObject, json, type JsonObject, type SimResponse } from '../kernel/http.ts';
import { type ActionName, actionNames, bodyOf, operationsOf, wordsOf } from './acts.ts';
import { onErrorsOf } from './of-compute.ts';

const versionNames = ['openstack-api-version', 'x-openstack-nova-api-version'] as const;
const idNames = ['x-openstack-request-id', 'x-compute-request-id'] as const;

export const marksOfFaults: readonly Fault[] = [
  ...actionNames.flatMap(marksMissedBy),
  everywhere('faults-with-one-key-for-all', 'Every error response has the key computeFault.', ({ fault }) => ({
    computeFault: fault,
  })),
  everywhere('faults-with-code-as-text', 'The code in an error response is a string.', ({ key, fault }) => ({
    [key]: { ...fault, code: JSON.stringify(fault.code) },
  })),
];

function marksMissedBy(action: ActionName): readonly Fault[] {
  return [
    onErrorsOf(
      action,
      'faults-of-another-form',
      `${refused(action)} gets a list of errors, as in newer services.`,
      listed,
    ),
    lacking(action, 'request-id', 'gets no request id', idNames),
    lacking(action, 'vary', 'gets no Vary header, and may be cached for every microversion', ['vary']),
    lacking(action, 'version', 'gets no version headers', versionNames),
  ];
}

function refused(action: ActionName): string {
  return `${wordsOf[action]} that is refused`;
}

function lacking(action: ActionName, mark: string, what: string, names: readonly string[]): Fault {
  return onErrorsOf(action, `faults-without-${mark}`, `${refused(action)} ${what}.`, (reply) => without(reply, names));
}

function without(reply: SimResponse, names: readonly string[]): SimResponse {
  const kept = Object.entries(reply.headers).filter(([name]) => !names.includes(name.toLowerCase()));
  return { ...reply, headers: Object.fromEntries(kept) };
}

/** The form that the OpenStack API guidelines ask of new services. */
function listed(reply: SimResponse): SimResponse {
  const message = errorIn(reply)?.fault.message ?? '';
  return json(reply.status, { errors: [{ status: reply.status, title: message, detail: '' }] }, reply.headers);
}

interface KeyedError {
  readonly key: string;
  readonly fault: JsonObject;
}

/** Other bodies for the error responses of every action. */
function everywhere(name: string, summary: string, body: (error: KeyedError) => JsonObject): Fault {
  return {
    id: `compute:${name}`,
    summary,
    kind: 'tamper',
    operations: actionNames.flatMap((action) => operationsOf[action]),
    tamper: (next) => async (request, cloud) => {
      const reply = await next(request, cloud);
      const error = reply.status >= 400 ? errorIn(reply) : undefined;
      return error ? json(reply.status, body(error), reply.headers) : reply;
    },
  };
}

function errorIn(reply: SimResponse): KeyedError | undefined {
  const body = bodyOf(reply);
  const [[key, fault] = []] = isObject(body) ? Object.entries(body) : [];
  return key !== undefined && isObject(fault) ? { key, fault } : undefined;
}
