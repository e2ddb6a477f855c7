/**
 * The checks of a detach. Unlike an attach, it looks the volume up before it checks lock and state.
 */

import { detachRefusal, relayed } from '../../block-storage/attaching.ts';
import type { Check } from '../../kernel/checks.ts';
import { badRequest, Refusal } from '../../kernel/refusal.ts';
import {
  foreignVolume,
  locked,
  notAttached,
  notPermitted,
  tooEarlyForShelved,
  unknownQuery,
  unknownServer,
  unknownVolume,
  wrongState,
} from './common-checks.ts';
import type { AttachmentSubject } from './subject.ts';

export type DetachCheck =
  | 'query'
  | 'server'
  | 'policy'
  | 'shelved-version'
  /** No release has this check. */
  | 'volume-owner'
  | 'volume'
  | 'attached'
  | 'root'
  | 'lock'
  | 'state'
  | 'detachable';

export const detachChecks: Readonly<Record<DetachCheck, Check<AttachmentSubject>>> = {
  query: unknownQuery('strict-detach-query'),
  server: unknownServer,
  policy: notPermitted('delete'),
  'shelved-version': tooEarlyForShelved('detach'),
  'volume-owner': foreignVolume,
  volume: unknownVolume,
  attached: notAttached,
  root: ({ call, mapping }) =>
    mapping?.bootIndex === 0
      ? new Refusal(call.cloud.behaviour.compute.attachments.rootDetachStatus, 'Cannot detach a root device volume')
      : undefined,
  lock: locked,
  state: wrongState('detach_volume', ({ call }) => call.cloud.behaviour.compute.attachments.states.detach),
  detachable: ({ call, server, volume, mapping }) => {
    // The volume of an offloaded server is connected to no host: only its record is deleted.
    const recordOnly = server?.vmState === 'shelved_offloaded' && mapping?.attachmentId !== null;
    const refusal = recordOnly || !volume || !mapping ? undefined : detachRefusal(call.cloud, volume);
    return refusal && badRequest(`Invalid volume: ${relayed(refusal, call.requestId).message}`);
  },
};
