/**
 * The volume service's rules.
 */

import { microversion } from '../../../src/microversion.ts';
import type { BlockStorageBehaviour } from './behaviour.ts';
import { volumeFields } from './volume-view.ts';

export const blockStorageBehaviour: BlockStorageBehaviour = {
  minimum: microversion('3.0'),
  maximum: microversion('3.71'),
  ...readableBy(['reader'], ['admin']),
  volumeFields,
  reservable: {
    single: ['available', 'downloading'],
    multiattach: ['available', 'in-use', 'downloading'],
  },
  detachable: ['in-use'],
  deletable: ['available', 'error', 'error_restoring', 'error_extending', 'error_managing'],
  delays: { create: 1, delete: 1, retype: 20 },
};

/** Volumes are shown to roles of their own project, and to every administrator. */
export function readableBy(
  readers: readonly string[],
  migrationReaders: readonly string[],
): Pick<BlockStorageBehaviour, 'readers' | 'migrationReaders' | 'sees'> {
  return {
    readers,
    migrationReaders,
    sees: ({ roles, projectId }, volume) =>
      roles.has('admin') || (readers.some((role) => roles.has(role)) && projectId === volume.projectId),
  };
}
