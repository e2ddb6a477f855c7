/**
 * Declares endpoints of the compute service: the checks that all of them may have.
 */

import { includes } from '../../../src/microversion.ts';
import type { Check } from '../kernel/checks.ts';
import { type Declaration, type Endpoint, endpoint, type Subject } from '../kernel/endpoint.ts';
import { badRequest } from '../kernel/refusal.ts';
import type { EndpointService } from '../kernel/run-endpoint.ts';
import type { ComputeCall } from './call.ts';
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

export const computeCalls: EndpointService<ComputeCall> = {
  rules: ({ cloud }) => cloud.behaviour.compute.endpoints,
  query: (request) => Object.fromEntries(decodedQuery(request) ?? []),
  read: readBody,
  unknownAction: (name) => badRequest(`There is no such action: ${name}`),
};

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
    return policyRefusal(cloud, caller, rule, project?.(subject as Subject<never, never>) ?? caller.projectId);
  },
};
