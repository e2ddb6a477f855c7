/**
 * Declares endpoints of the network service: their input, and the checks that all of them may have.
 */

import type { Cloud } from '../cloud.ts';
import type { Caller } from '../identity/caller.ts';
import { isPermitted } from '../identity/policy-grant.ts';
import type { Check } from '../kernel/checks.ts';
import { type Declaration, type Endpoint, endpoint, type Subject } from '../kernel/endpoint.ts';
import { firstValues } from '../kernel/query-values.ts';
import { forbidden } from '../kernel/refusal.ts';
import type { EndpointCall, EndpointService } from '../kernel/run-endpoint.ts';

export interface NetworkCall extends EndpointCall {
  readonly cloud: Cloud;
  readonly caller: Caller;
}

/** Declares an endpoint of the network service. */
export function networkEndpoint<Found extends object, Item>(
  operation: `network/${string}`,
  declaration: Declaration<NetworkCall, Found, Item>,
): Endpoint {
  return endpoint(operation, { ...declaration, refusals: { role, ...declaration.refusals } });
}

export const networkCalls: EndpointService<NetworkCall> = {
  rules: ({ cloud }) => cloud.behaviour.network.endpoints,
  query: firstValues,
};

const role: Check<Subject<NetworkCall, unknown>> = (subject) => {
  const { cloud, caller } = subject.call;
  const { rule, project } = subject.rules.policy;
  const projectId = project?.(subject as Subject<never, never>) ?? caller.projectId;
  return isPermitted(cloud.behaviour.network.policies, rule, caller, { projectId })
    ? undefined
    : forbidden(`rule:${rule} is disallowed by policy`);
};
