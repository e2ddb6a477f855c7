/**
 * Faults whose replies lack what every fault of the service has: headers, or the form of its body.
 */

import type { Fault } from './fault.ts';
import { isObject, json, type JsonObject, type SimResponse } from '../http.ts';
import { type ActName, actNames, bodyOf, operationsOf, wordsOf } from './acts.ts';
import { onFaultsOf } from './of-compute.ts';

const versionNames = ['openstack-api-version', 'x-openstack-nova-api-version'] as const;
const idNames = ['x-openstack-request-id', 'x-compute-request-id'] as const;

export const marksOfFaults: readonly Fault[] = [
  ...actNames.flatMap(marksMissedBy),
  everywhere('faults-with-one-key-for-all', 'Whatever the fault is, its key is computeFault.', ({ fault }) => ({
    computeFault: fault,
  })),
  everywhere('faults-with-code-as-text', 'The code in a fault is a text.', ({ key, fault }) => ({
    [key]: { ...fault, code: JSON.stringify(fault.code) },
  })),
];

function marksMissedBy(act: ActName): readonly Fault[] {
  return [
    onFaultsOf(
      act,
      'faults-of-another-form',
      `${refused(act)} gets a list of errors, as newer services have it.`,
      listed,
    ),
    lacking(act, 'request-id', 'does not tell its request id', idNames),
    lacking(act, 'vary', 'may be cached for every microversion', ['vary']),
    lacking(act, 'version', 'does not tell the microversion that was applied', versionNames),
  ];
}

function refused(act: ActName): string {
  return `${wordsOf[act]} that is refused`;
}

function lacking(act: ActName, mark: string, what: string, names: readonly string[]): Fault {
  return onFaultsOf(act, `faults-without-${mark}`, `${refused(act)} ${what}.`, (reply) => without(reply, names));
}

function without(reply: SimResponse, names: readonly string[]): SimResponse {
  const kept = Object.entries(reply.headers).filter(([name]) => !names.includes(name.toLowerCase()));
  return { ...reply, headers: Object.fromEntries(kept) };
}

/** The form that the OpenStack API guidelines ask of services that are new. */
function listed(reply: SimResponse): SimResponse {
  const message = faultIn(reply)?.fault.message ?? '';
  return json(reply.status, { errors: [{ status: reply.status, title: message, detail: '' }] }, reply.headers);
}

interface KeyedFault {
  readonly key: string;
  readonly fault: JsonObject;
}

/** Other bodies for the faults of every act. */
function everywhere(name: string, summary: string, body: (said: KeyedFault) => JsonObject): Fault {
  return {
    id: `compute:${name}`,
    summary,
    kind: 'tamper',
    operations: actNames.flatMap((act) => operationsOf[act]),
    tamper: (next) => async (request, cloud) => {
      const reply = await next(request, cloud);
      const said = reply.status >= 400 ? faultIn(reply) : undefined;
      return said ? json(reply.status, body(said), reply.headers) : reply;
    },
  };
}

function faultIn(reply: SimResponse): KeyedFault | undefined {
  const body = bodyOf(reply);
  const [[key, fault] = []] = isObject(body) ? Object.entries(body) : [];
  return key !== undefined && isObject(fault) ? { key, fault } : undefined;
}
