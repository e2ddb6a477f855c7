/**
 * The volume service's rules.
 */

import { microversion } from '../../../src/microversion.ts';
import { rulesByOperation } from '../kernel/endpoint.ts';
import type { BlockStorageBehaviour } from './behaviour.ts';
import { blockStorageEndpoints } from './endpoints.ts';
import { policies, withServiceReaders } from './policies.ts';

export const blockStorageBehaviour: BlockStorageBehaviour = {
  minimum: microversion('3.0'),
  maximum: microversion('3.71'),
  policies,
  sees: visibleTo(['reader']),
  reservable: {
    single: ['available', 'downloading'],
    multiattach: ['available', 'in-use', 'downloading'],
  },
  detachable: ['in-use'],
  endpoints: rulesByOperation(blockStorageEndpoints),
};

/** The service role reads volumes of its project, and their migrations, as some operators configure. */
export function readableByServices(rules: BlockStorageBehaviour): BlockStorageBehaviour {
  return { ...rules, policies: withServiceReaders(rules.policies), sees: visibleTo(['reader', 'service']) };
}

/** Volumes are shown to roles of their own project, and to every administrator. */
function visibleTo(readers: readonly string[]): BlockStorageBehaviour['sees'] {
  return ({ roles, projectId }, volume) =>
    roles.has('admin') || (readers.some((role) => roles.has(role)) && projectId === volume.projectId);
}
