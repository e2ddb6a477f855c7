/**
 * Declares endpoints of the identity service: the check that all of them may have.
 */

import type { Check } from '../kernel/checks.ts';
import { type Declaration, type Endpoint, endpoint, type Subject } from '../kernel/endpoint.ts';
import { firstValues } from '../kernel/query-values.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { EndpointService } from '../kernel/run-endpoint.ts';
import type { IdentityCall, Of, OpenCall } from './call.ts';
import { notPermitted } from './errors.ts';
import { isPermitted } from './policy-grant.ts';

/** Declares an endpoint of the identity service. */
export function identityEndpoint<Found extends object, Item>(
  operation: `identity/${string}`,
  declaration: Declaration<IdentityCall, Found, Item>,
): Endpoint {
  return endpoint(operation, { ...declaration, refusals: { role, ...declaration.refusals } });
}

export const identityCalls: EndpointService<OpenCall> = {
  rules: ({ cloud }) => cloud.behaviour.identity.endpoints,
  query: firstValues,
};

const role: Check<Of<unknown>> = (subject): Refusal | undefined => {
  const { cloud, caller } = subject.call;
  const { rule, project, user } = subject.rules.policy;
  const any = subject as Subject<never, never>;
  const owner = { projectId: project?.(any) ?? caller.projectId, userId: user?.(any) };
  return isPermitted(cloud.behaviour.identity.policies, rule, caller, owner) ? undefined : notPermitted(rule);
};
