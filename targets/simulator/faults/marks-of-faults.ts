/**
 * Faults whose replies lack what every fault of the service has: headers, or the form of its body.
 */

import type { Fault } from '../faults.ts';
import { type Json, json, type SimResponse } from '../http.ts';
import { type ActName, actNames, bodyOf, wordsOf } from './acts.ts';
import { onFaultsOf } from './of-compute.ts';

const versionNames = ['openstack-api-version', 'x-openstack-nova-api-version'] as const;
const idNames = ['x-openstack-request-id', 'x-compute-request-id'] as const;

export const marksOfFaults: readonly Fault[] = actNames.flatMap((act) => [
  onFaultsOf(
    act,
    'faults-of-another-form',
    `${refused(act)} gets a list of errors, as newer services have it.`,
    listed,
  ),
  lacking(act, 'request-id', 'does not tell its request id', idNames),
  lacking(act, 'vary', 'may be cached for every microversion', ['vary']),
  lacking(act, 'version', 'does not tell the microversion that was applied', versionNames),
]);

function refused(act: ActName): string {
  return `${wordsOf[act]} that is refused`;
}

function lacking(act: ActName, mark: string, what: string, names: readonly string[]): Fault {
  return onFaultsOf(act, `faults-without-${mark}`, `${refused(act)} ${what}.`, (reply) => without(reply, names));
}

export function without(reply: SimResponse, names: readonly string[]): SimResponse {
  const kept = Object.entries(reply.headers).filter(([name]) => !names.includes(name.toLowerCase()));
  return { ...reply, headers: Object.fromEntries(kept) };
}

/** The form that the OpenStack API guidelines ask of services that are new. */
function listed({ status, headers, body }: SimResponse): SimResponse {
  const [fault = {}] = Object.values((bodyOf({ body }) ?? {}) as Readonly<Record<string, { message?: Json }>>);
  return json(status, { errors: [{ status, title: fault.message ?? '', detail: '' }] }, headers);
}
