/**
 * Declares endpoints of the image service: their input, and the checks that all of them may have.
 */

import type { Cloud } from '../cloud.ts';
import type { Caller } from '../identity/caller.ts';
import { isPermitted } from '../identity/policy-grant.ts';
import type { Check } from '../kernel/checks.ts';
import { type Declaration, type Endpoint, endpoint, type Subject } from '../kernel/endpoint.ts';
import { firstValues } from '../kernel/query-values.ts';
import { forbidden } from '../kernel/refusal.ts';
import type { EndpointCall, EndpointService } from '../kernel/run-endpoint.ts';

export interface ImageCall extends EndpointCall {
  readonly cloud: Cloud;
  readonly caller: Caller;
}

/** Declares an endpoint of the image service. */
export function imageEndpoint<Found extends object, Item>(
  operation: `image/${string}`,
  declaration: Declaration<ImageCall, Found, Item>,
): Endpoint {
  return endpoint(operation, { ...declaration, refusals: { role, ...declaration.refusals } });
}

export const imageCalls: EndpointService<ImageCall> = {
  rules: ({ cloud }) => cloud.behaviour.image.endpoints,
  query: firstValues,
};

const role: Check<Subject<ImageCall, unknown>> = (subject) => {
  const { cloud, caller } = subject.call;
  const { rule, project } = subject.rules.policy;
  const projectId = project?.(subject as Subject<never, never>) ?? caller.projectId;
  return isPermitted(cloud.behaviour.image.policies, rule, caller, { projectId })
    ? undefined
    : forbidden(`You are not authorized to complete ${rule} action.`);
};
