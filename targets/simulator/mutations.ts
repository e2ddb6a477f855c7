/**
 * Faults that operators generate from the data of endpoints. The id is `<operation>:<operator>:<part>`, such as
 * `compute/create-server-group:drop-check:quota`; an operator that concerns the whole endpoint has no part.
 */

import type { Behaviour } from './behaviour.ts';
import { computeEndpoints } from './compute/endpoints.ts';
import { computeBehaviour } from './compute/rules.ts';
import type { Fault } from './faults/fault.ts';
import type { Endpoint } from './kernel/endpoint.ts';
import { checkMutations } from './mutations/checks.ts';
import { earlyCheckFaults } from './mutations/early-checks.ts';
import { effectMutations } from './mutations/effects.ts';
import { fieldMutations } from './mutations/fields.ts';
import { lookupMutations } from './mutations/lookups.ts';
import { messageFaults } from './mutations/messages.ts';
import { memberMutations } from './mutations/members.ts';
import type { Mutation, ServiceRules } from './mutations/mutation.ts';
import { rangeMutations } from './mutations/ranges.ts';
import { roleMutations } from './mutations/roles.ts';

const operators = [
  checkMutations,
  roleMutations,
  lookupMutations,
  rangeMutations,
  memberMutations,
  fieldMutations,
  effectMutations,
];

/** The faults of an endpoint of the compute service, by the rules of the newest release. */
function mutate(endpoint: Endpoint, rules: ServiceRules): readonly Fault[] {
  const { operation, unobservable } = endpoint;
  const subject = {
    operation,
    name: operation.split('/')[1] ?? operation,
    rules: endpoint.rules,
    policies: rules.policies,
  };
  return operators
    .flatMap((operator) => operator(subject))
    .map((mutation): Fault => {
      const equivalent = unobservable[mutation.id];
      return {
        id: `${operation}:${mutation.id}`,
        summary: mutation.summary,
        generated: true,
        ...(equivalent !== undefined && { equivalent }),
        kind: 'behaviour',
        change: (behaviour) => inCompute(behaviour, mutation),
      };
    });
}

function inCompute(behaviour: Behaviour, { change }: Mutation): Behaviour {
  const { compute } = behaviour;
  return { ...behaviour, compute: { ...compute, ...change(compute) } };
}

export const generatedFaults: readonly Fault[] = computeEndpoints.flatMap((endpoint) => {
  const tampered = { endpoint, otherwise: endpoint.choice && otherwise(endpoint) };
  return [...mutate(endpoint, computeBehaviour), ...messageFaults(tampered), ...earlyCheckFaults(tampered)];
});

/** The operation that other requests of its call are for, if any. */
function otherwise({ method, path }: Endpoint): string | undefined {
  return computeEndpoints.find((one) => one.method === method && one.path === path && !one.choice)?.operation;
}
