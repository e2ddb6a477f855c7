/**
 * The checks of a PUT: those of both forms, then the immutable fields of the update form, then the conditions of a
 * swap.
 */

import { attachmentsOf, detachRefusal, relayed } from '../../block-storage/attaching.ts';
import type { Volume } from '../../block-storage/state.ts';
import { seesMigrations } from '../../block-storage/volume-view.ts';
import type { Check } from '../../kernel/checks.ts';
import { isObject, member, textMember } from '../../kernel/http.ts';
import { badRequest, conflict, notFound, type Refusal } from '../../kernel/refusal.ts';
import { offers } from '../call.ts';
import { wrongVmState } from '../lookup.ts';
import { bodyRefusal } from '../validate.ts';
import { alreadyMapped } from './attach-checks.ts';
import { parseFlag } from './flag.ts';
import {
  foreignVolume,
  locked,
  notPermitted,
  unknownQuery,
  unknownServer,
  unknownVolume,
  wrongState,
} from './common-checks.ts';
import { foundVolume } from './finding.ts';
import type { AttachmentSubject } from './subject.ts';

export type UpdateCheck =
  | 'query'
  | 'body'
  | 'server'
  | 'policy'
  /** No release has this check, nor that of the lock. */
  | 'volume-owner'
  | 'lock'
  | 'mapped'
  | 'state'
  | 'same-id'
  | 'same-server'
  | 'same-device'
  | 'same-tag'
  | 'same-attachment-id'
  | 'same-bdm-uuid'
  /** No release has this check. */
  | 'other-flag';

/** The checks of an update that a swap below 2.85 has too. */
export const putChecks: readonly UpdateCheck[] = ['query', 'body', 'server', 'policy'];

export const updateChecks: Readonly<Record<UpdateCheck, Check<AttachmentSubject>>> = {
  query: unknownQuery((subject) => (isSwap(subject) ? 'strict-swap-query' : 'strict-update-query')),
  body: ({ call }) => bodyRefusal(call, call.cloud.behaviour.compute.attachments.shapes.update),
  server: unknownServer,
  policy: (subject) => {
    const { rules } = subject.call.cloud.behaviour.compute.attachments;
    if (!isSwap(subject)) return notPermitted(rules.update)(subject);
    // A swap is for the volume service, whatever the project of the server.
    return notPermitted(rules.swap)({ ...subject, server: undefined });
  },
  mapped: ({ mapping, volumeId }) =>
    mapping ? undefined : notFound(`No volume Block Device Mapping with id ${volumeId}.`),
  'volume-owner': foreignVolume,
  lock: locked,
  state: ({ call, server }) => {
    const { states } = call.cloud.behaviour.compute.attachments;
    const isPermitted = !server || states.update.includes(server.vmState);
    return isPermitted ? undefined : wrongVmState(server, 'update_volume_attachment');
  },
  'same-id': (subject) => {
    const { updateIds } = subject.call.cloud.behaviour.compute.attachments;
    return changed(subject.wanted, 'id', ...updateIds(subject));
  },
  'same-server': ({ wanted, server }) => changed(wanted, 'serverId', server?.id ?? null),
  'same-device': ({ wanted, mapping }) => changed(wanted, 'device', mapping?.device ?? null),
  'same-tag': ({ wanted, mapping }) => changed(wanted, 'tag', mapping?.tag ?? null),
  'same-attachment-id': ({ wanted, mapping }) => changed(wanted, 'attachment_id', mapping?.attachmentId ?? null),
  'same-bdm-uuid': ({ wanted, mapping }) => changed(wanted, 'bdm_uuid', mapping?.uuid ?? null),
  'other-flag': ({ wanted, mapping }) => {
    const given = member(wanted, 'delete_on_termination');
    const same = given !== undefined && parseFlag(given) === mapping?.deleteOnTermination;
    return same ? badRequest('The attachment has this delete_on_termination already.') : undefined;
  },
};

export type SwapCheck =
  | 'old-volume'
  | 'migrating'
  | 'new-volume'
  | 'lock'
  | 'state'
  | 'attached-here'
  | 'new-detached'
  | 'new-size'
  | 'detachable'
  | 'one-writer'
  | 'mapped'
  | 'new-unmapped';

export const swapChecks: Readonly<Record<SwapCheck, Check<AttachmentSubject>>> = {
  'old-volume': unknownVolume,
  migrating: ({ call, volume, volumeId }) => {
    // Only administrators can see whether a volume migrates.
    const shownStatus = seesMigrations(call) ? volume?.migrationStatus : undefined;
    if (shownStatus !== undefined && shownStatus !== null) return undefined;
    return conflict(`volume ${volumeId} is not migrating; this API should only be called by Cinder`);
  },
  'new-volume': (subject) =>
    newVolume(subject) ? undefined : badRequest(`Volume ${newVolumeId(subject)} could not be found.`),
  lock: locked,
  state: wrongState('swap_volume', ({ call }) => call.cloud.behaviour.compute.attachments.states.swap),
  'attached-here': ({ call, server, volume }) =>
    volume && !attachmentsOf(call.cloud, volume.id).some(({ instance }) => instance === server?.id)
      ? badRequest('Invalid volume: Old volume is attached to a different instance.')
      : undefined,
  'new-detached': (subject) =>
    newVolume(subject)?.attachStatus === 'attached'
      ? badRequest('Invalid volume: New volume must be detached in order to swap.')
      : undefined,
  'new-size': (subject) =>
    (newVolume(subject)?.size ?? 0) < (subject.volume?.size ?? 0)
      ? badRequest('Invalid volume: New volume must be the same size or larger.')
      : undefined,
  detachable: ({ call, volume }) => {
    const refusal = volume && detachRefusal(call.cloud, volume);
    return refusal && badRequest(`Invalid volume: ${relayed(refusal, call.requestId).message}`);
  },
  'one-writer': ({ call, volume }) =>
    volume && attachmentsOf(call.cloud, volume.id).filter(({ mode }) => mode === 'rw').length > 1
      ? badRequest('A volume that several servers write to cannot be replaced.')
      : undefined,
  mapped: ({ mapping, volumeId }) =>
    mapping ? undefined : notFound(`No volume Block Device Mapping with id ${volumeId}.`),
  'new-unmapped': (subject) => {
    const volume = newVolume(subject);
    return volume && alreadyMapped(subject.call, volume, subject.server);
  },
};

/** Below 2.85 always; from 2.85 on if the volume id in the body differs from the path, also in case. */
export function isSwap(request: Pick<AttachmentSubject, 'call' | 'volumeId' | 'wanted'>): boolean {
  return !offers(request.call, 'update-form') || newVolumeId(request) !== request.volumeId;
}

export function newVolume(subject: AttachmentSubject): Volume | undefined {
  return foundVolume(subject.call, 'swap', newVolumeId(subject));
}

function newVolumeId({ wanted }: Pick<AttachmentSubject, 'wanted'>): string {
  return textMember(wanted, 'volumeId') ?? '';
}

function changed(
  wanted: AttachmentSubject['wanted'],
  name: string,
  ...now: readonly (string | null)[]
): Refusal | undefined {
  if (!isObject(wanted) || !Object.hasOwn(wanted, name) || now.some((one) => one === member(wanted, name))) {
    return undefined;
  }
  return badRequest(`The ${name} property is not mutable`);
}
