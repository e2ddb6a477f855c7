/**
 * Faults that operators generate from the data of endpoints. The id is `<operation>:<operator>:<part>`, such as
 * `compute/create-server-group:drop-check:quota`; an operator that concerns the whole endpoint has no part.
 */

import { changeService, type ServiceRules } from './behaviour.ts';
import { blockStorageEndpoints } from './block-storage/endpoints.ts';
import { blockStorageBehaviour } from './block-storage/rules.ts';
import { computeEndpoints } from './compute/endpoints.ts';
import { computeBehaviour } from './compute/rules.ts';
import type { Fault } from './faults/fault.ts';
import { identityEndpoints } from './identity/endpoints.ts';
import { identityBehaviour } from './identity/rules.ts';
import { imageServiceEndpoints } from './image/endpoints.ts';
import { imageBehaviour } from './image/rules.ts';
import type { Endpoint } from './kernel/endpoint.ts';
import { networkServiceEndpoints } from './network/endpoints.ts';
import { networkBehaviour } from './network/rules.ts';
import { callOf } from './kernel/run-endpoint.ts';
import { checkMutations } from './mutations/checks.ts';
import { earlyCheckFaults } from './mutations/early-checks.ts';
import { effectMutations } from './mutations/effects.ts';
import { fieldMutations } from './mutations/fields.ts';
import { lookupMutations } from './mutations/lookups.ts';
import { messageFaults } from './mutations/messages.ts';
import { memberMutations } from './mutations/members.ts';
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

/** The declared endpoints of each service, with its policies in the newest release. */
const services: readonly (readonly [endpoints: readonly Endpoint[], policies: ServiceRules['policies']])[] = [
  [computeEndpoints, computeBehaviour.policies],
  [blockStorageEndpoints, blockStorageBehaviour.policies],
  [identityEndpoints, identityBehaviour.policies],
  [imageServiceEndpoints, imageBehaviour.policies],
  [networkServiceEndpoints, networkBehaviour.policies],
];

function mutate(endpoint: Endpoint, policies: ServiceRules['policies']): readonly Fault[] {
  const { operation, unobservable } = endpoint;
  const subject = {
    operation,
    name: operation.split('/')[1] ?? operation,
    rules: endpoint.rules,
    policies,
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
        change: (behaviour) => changeService(behaviour, operation, mutation.change),
      };
    });
}

/** Those of messages and of earlier steps know the protocol of the compute service only. */
export const generatedFaults: readonly Fault[] = [
  ...services.flatMap(([endpoints, policies]) => endpoints.flatMap((endpoint) => mutate(endpoint, policies))),
  ...computeEndpoints.flatMap((endpoint) => {
    const tampered = { endpoint, otherwise: endpoint.choice && otherwise(endpoint) };
    return [...messageFaults(tampered), ...earlyCheckFaults(tampered)];
  }),
];

/** The operation that other requests of its call are for; the call itself where there is none. */
function otherwise({ method, path }: Endpoint): string {
  const other = computeEndpoints.find((one) => one.method === method && one.path === path && !one.choice);
  return other?.operation ?? callOf({ method, path });
}
