/**
 * The checks of a PUT: those of both forms, then the immutable fields of the update form, then the conditions of a
 * swap.
 */

import { attachmentsOf, detachRefusal, relayed } from '../../block-storage/attaching.ts';
import { seesMigrations } from '../../block-storage/policy.ts';
import type { Check } from '../../kernel/checks.ts';
import { type Json, member, textMember } from '../../kernel/http.ts';
import { badRequest, conflict, notFound, type Refusal } from '../../kernel/refusal.ts';
import { type ComputeCall, offers } from '../call.ts';
import { locked, type Of, unknownServer, wrongState } from '../on-server.ts';
import { alreadyMapped } from './attach-checks.ts';
import { unknownVolume } from './common-checks.ts';
import { saveFlag } from './save-flag.ts';
import { type Attachment, type OfMapping, type Replacing, volumeIdOf } from './subject.ts';

export type Swapping = Attachment & Of<Replacing>;

export const sameChecks = [
  'same-id',
  'same-server',
  'same-device',
  'same-tag',
  'same-attachment-id',
  'same-bdm-uuid',
] as const;

export const updateRefusals: Readonly<Record<string, Check<Attachment>>> = {
  server: unknownServer,
  volume: (subject) => (offers(subject.call, 'update-form') ? unmapped(subject) : undefined),
  'same-id': (subject) => changed(subject, 'id', volumeIdOf(subject)),
  'same-server': (subject) => changed(subject, 'serverId', subject.found.server?.id),
  'same-device': (subject) => changed(subject, 'device', subject.found.attachment?.device),
  'same-tag': (subject) => changed(subject, 'tag', subject.found.attachment?.tag),
  'same-attachment-id': (subject) => changed(subject, 'attachment_id', subject.found.attachment?.attachmentId),
  'same-bdm-uuid': (subject) => changed(subject, 'bdm_uuid', subject.found.attachment?.uuid),
};

export const swapRefusals: Readonly<Record<string, Check<Swapping>>> = {
  ...updateRefusals,
  // Refuses nothing: Nova stores the flag before it checks the swap.
  'flag-saved-early': (subject) => {
    if (offers(subject.call, 'update-form')) saveFlag(subject);
    return undefined;
  },
  'old-volume': unknownVolume,
  migrating: (subject) => {
    // Only administrators can see whether a volume migrates.
    const shownStatus = seesMigrations(subject.call) ? subject.found.volume?.migrationStatus : undefined;
    if (shownStatus !== undefined && shownStatus !== null) return undefined;
    return conflict(`volume ${volumeIdOf(subject)} is not migrating; this API should only be called by Cinder`);
  },
  'new-volume': ({ found, wanted }) =>
    found.target ? undefined : badRequest(`Volume ${textMember(wanted, 'volumeId') ?? ''} could not be found.`),
  lock: locked,
  state: wrongState('swap_volume'),
  'attached-here': ({ call, found: { server, volume } }) =>
    volume && !attachmentsOf(call.cloud, volume.id).some(({ instance }) => instance === server?.id)
      ? badRequest('Invalid volume: Old volume is attached to a different instance.')
      : undefined,
  'new-detached': ({ found }) =>
    found.target?.attachStatus === 'attached'
      ? badRequest('Invalid volume: New volume must be detached in order to swap.')
      : undefined,
  'new-size': ({ found }) =>
    (found.target?.size ?? 0) < (found.volume?.size ?? 0)
      ? badRequest('Invalid volume: New volume must be the same size or larger.')
      : undefined,
  detachable: ({ call, found: { volume } }) => {
    const refusal = volume && detachRefusal(call.cloud, volume);
    return refusal && badRequest(`Invalid volume: ${relayed(refusal, call.requestId).message}`);
  },
  'one-writer': ({ call, found: { volume } }) =>
    volume && attachmentsOf(call.cloud, volume.id).filter(({ mode }) => mode === 'rw').length > 1
      ? badRequest('A volume that several servers write to cannot be replaced.')
      : undefined,
  'still-mapped': unmapped,
  'new-unmapped': ({ call, found: { server, target } }) => target && alreadyMapped(call, target, server),
};

/** Below 2.85 always; from 2.85 on if the volume id in the body differs from the path, also in case. */
export function isSwap(call: ComputeCall): boolean {
  return !offers(call, 'update-form') || namesAnotherVolume(call.body, call.params) === true;
}

/** Undefined for a body that names no volume. */
export function namesAnotherVolume(
  body: Json | undefined,
  { volume_id }: Readonly<Record<string, string>>,
): boolean | undefined {
  const named = textMember(member(body, 'volumeAttachment'), 'volumeId');
  return named === undefined ? undefined : named !== volume_id;
}

function unmapped(subject: Of<OfMapping>): Refusal | undefined {
  return subject.found.attachment
    ? undefined
    : notFound(`No volume Block Device Mapping with id ${volumeIdOf(subject)}.`);
}

function changed({ wanted }: Attachment, name: string, now: string | null | undefined): Refusal | undefined {
  if (!Object.hasOwn(wanted, name) || member(wanted, name) === (now ?? null)) return undefined;
  return badRequest(`The ${name} property is not mutable`);
}
