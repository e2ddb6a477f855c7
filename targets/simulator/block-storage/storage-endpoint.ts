/**
 * Declares endpoints of the volume service: the checks that all of them may have.
 */

import type { Check } from '../kernel/checks.ts';
import { type Declaration, type Endpoint, endpoint, type Subject } from '../kernel/endpoint.ts';
import { firstValues } from '../kernel/query-values.ts';
import { badRequest } from '../kernel/refusal.ts';
import type { EndpointService } from '../kernel/run-endpoint.ts';
import { deviation } from '../kernel/shape.ts';
import type { Of, VolumeCall } from './call.ts';
import { policyRefusal } from './policy.ts';

/** Declares an endpoint of the volume service. */
export function storageEndpoint<Found extends object, Item>(
  operation: `block-storage/${string}`,
  declaration: Declaration<VolumeCall, Found, Item>,
): Endpoint {
  return endpoint(operation, { ...declaration, refusals: { ...common, ...declaration.refusals } });
}

export const storageCalls: EndpointService<VolumeCall> = {
  rules: ({ cloud }) => cloud.behaviour.blockStorage.endpoints,
  query: firstValues,
  unknownAction: (name) =>
    badRequest(`There is no such action: ${name}. Verify the request body and Content-Type header and try again.`),
};

/** The checks that every endpoint may have. */
const common: Readonly<Record<string, Check<Of<unknown>>>> = {
  body: ({ call, rules: { body } }) => {
    const message = body && deviation(body.shape, call.body, call.at);
    return message === undefined ? undefined : badRequest(message);
  },
  role: (subject) => {
    const { rule, project } = subject.rules.policy;
    const owner = project?.(subject as Subject<never, never>) ?? subject.call.caller.projectId;
    return policyRefusal(subject.call, rule, owner);
  },
};
