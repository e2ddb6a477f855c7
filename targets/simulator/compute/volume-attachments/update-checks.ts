/**
 * Why a PUT is refused: what both of its forms look at, then the update form's immutable fields, then what stands in
 * the way of exchanging one volume for another.
 */

import { attachmentsOf, detachRefusal, relayed } from '../../block-storage/attaching.ts';
import type { Volume } from '../../block-storage/state.ts';
import { seesMigrations } from '../../block-storage/volume-view.ts';
import type { Check } from '../../checks.ts';
import { isObject, member, textMember } from '../../http.ts';
import { badRequest, conflict, notFound, type Refusal } from '../../refusal.ts';
import { offers } from '../call.ts';
import { wrongVmState } from '../lookup.ts';
import { bodyRefusal } from '../validate.ts';
import { alreadyMapped } from './attach-checks.ts';
import { meantFlag } from './flag.ts';
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
  /** No release asks for it, nor for the lock. */
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
  /** No release asks for it. */
  | 'other-flag';

/** Those of an update that a swap below 2.85 has as well. */
export const putChecks: readonly UpdateCheck[] = ['query', 'body', 'server', 'policy'];

export const updateChecks: Readonly<Record<UpdateCheck, Check<AttachmentSubject>>> = {
  query: unknownQuery((subject) => (isSwap(subject) ? 'strict-swap-query' : 'strict-update-query')),
  body: ({ call }) => bodyRefusal(call, call.cloud.behaviour.compute.attachments.shapes.update),
  server: unknownServer,
  policy: (subject) => {
    const { rules } = subject.call.cloud.behaviour.compute.attachments;
    if (!isSwap(subject)) return notPermitted(rules.update)(subject);
    // The swap is the volume service's business, whosever the server is.
    return notPermitted(rules.swap)({ ...subject, server: undefined });
  },
  mapped: ({ mapping, volumeId }) =>
    mapping ? undefined : notFound(`No volume Block Device Mapping with id ${volumeId}.`),
  'volume-owner': foreignVolume,
  lock: locked,
  state: ({ call, server }) => {
    const { states } = call.cloud.behaviour.compute.attachments;
    const fits = !server || states.update.includes(server.vmState);
    return fits ? undefined : wrongVmState(server, 'update_volume_attachment');
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
    const same = given !== undefined && meantFlag(given) === mapping?.deleteOnTermination;
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
    // Only administrators are shown whether a volume migrates.
    const told = seesMigrations(call) ? volume?.migrationStatus : undefined;
    if (told !== undefined && told !== null) return undefined;
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

/** Below 2.85 always; from there on when the body names another volume than the path, letter by letter. */
export function isSwap(asked: Pick<AttachmentSubject, 'call' | 'volumeId' | 'wanted'>): boolean {
  return !offers(asked.call, 'update-form') || newVolumeId(asked) !== asked.volumeId;
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
