/**
 * The volume service's rules.
 */

import { microversion } from '../../../src/microversion.ts';
import type { BlockStorageBehaviour } from './behaviour.ts';
import { volumeFields } from './volume-view.ts';

export const blockStorageBehaviour: BlockStorageBehaviour = {
  minimum: microversion('3.0'),
  maximum: microversion('3.71'),
  sees: (caller, volume) =>
    caller.roles.has('admin') || (caller.roles.has('reader') && caller.projectId === volume.projectId),
  volumeFields,
  reservable: {
    single: ['available', 'downloading'],
    multiattach: ['available', 'in-use', 'downloading'],
  },
  detachable: ['in-use'],
  deletable: ['available', 'error', 'error_restoring', 'error_extending', 'error_managing'],
  delays: { create: 1, delete: 1, retype: 20 },
};
