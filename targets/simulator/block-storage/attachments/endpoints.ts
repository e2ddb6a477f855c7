/**
 * Attachments in the API of the volume service.
 */

import { range } from '../../../../src/microversion.ts';
import { type Endpoint, enveloped, type Lookup, type Shown, single, unreadQuery } from '../../kernel/endpoint.ts';
import { type Field, represent } from '../../kernel/fields.ts';
import { type JsonObject, member, textMember } from '../../kernel/http.ts';
import { badRequest, conflict, notFound, type Refusal } from '../../kernel/refusal.ts';
import { addReserved, complete, newAttachment, release, reservationRefusal } from '../attaching.ts';
import type { Of, VolumeCall } from '../call.ts';
import { volume, volumeNotFound } from '../named-volume.ts';
import type { Attachment, Volume } from '../state.ts';
import { storageEndpoint } from '../storage-endpoint.ts';
import { timestamp } from '../timestamp.ts';

const collection = '/attachments';
const item = `${collection}/:attachment_id`;
const introduced = range('3.27-');

interface Named {
  readonly attachment: Attachment | undefined;
}

const named: Lookup<VolumeCall, Attachment> = {
  noun: 'an attachment',
  id: ({ params }) => params.attachment_id ?? '',
  matches: ({ id }, text) => id === text,
  rows: ({ cloud }) => cloud.blockStorage.attachments.values(),
  sees: (call, attachment) => {
    const attached = volumeOf(call, attachment);
    return attached !== undefined && call.cloud.behaviour.blockStorage.sees(call.caller, attached);
  },
};

/** What the endpoints of one attachment have in common. */
const ofOne = {
  path: item,
  range: introduced,
  query: unreadQuery,
  lookups: { attachment: named },
  result: ({ found }: Of<Named>) => found.attachment,
};

const summary: readonly Field<Shown<VolumeCall, Attachment>>[] = [
  { name: 'id', value: ({ item: { id } }) => id },
  { name: 'status', value: ({ item: { status } }) => status },
  { name: 'instance', value: ({ item: { instance } }) => instance },
  { name: 'volume_id', value: ({ item: { volumeId } }) => volumeId },
];

const fields: readonly Field<Shown<VolumeCall, Attachment>>[] = [
  ...summary,
  { name: 'attached_at', value: ({ item: { attachedAt } }) => timestamp(attachedAt) ?? '' },
  { name: 'detached_at', value: () => '' },
  { name: 'attach_mode', value: ({ item: { status, mode } }) => (status === 'reserved' ? 'null' : mode) },
  { name: 'connection_info', value: ({ item: one }) => (one.status === 'reserved' ? {} : connection(one)) },
];

const listing = {
  method: 'GET' as const,
  range: introduced,
  query: unreadQuery,
  policy: { rule: 'volume:attachment_get_all' },
  checks: ['role'],
  listing: {
    noun: 'attachments',
    rows: named.rows,
    includes: ({ call }: Of<unknown>, one: Attachment) => named.sees?.(call, one) !== false,
  },
  success: [{ status: 200, content: 'item' as const }],
};

const listAttachments = storageEndpoint('block-storage/list-attachments', {
  ...listing,
  path: collection,
  response: { envelope: 'attachments', fields: summary },
});

const listAttachmentsInDetail = storageEndpoint('block-storage/list-attachments-detailed', {
  ...listing,
  path: `${collection}/detail`,
  response: { envelope: 'attachments', fields },
});

const createAttachment = storageEndpoint('block-storage/create-attachment', {
  method: 'POST',
  path: collection,
  range: introduced,
  query: unreadQuery,
  body: enveloped('attachment', { volume_uuid: { types: ['string'] }, instance_uuid: { types: ['string'] } }, [
    'volume_uuid',
  ]),
  policy: { rule: 'volume:attachment_create', project: ({ found }) => found.volume?.projectId },
  lookups: { volume: { ...volume, id: (_, wanted) => textMember(wanted, 'volume_uuid') ?? '' } },
  checks: ['body', 'volume', 'role', 'reservable'],
  refusals: {
    body: ({ wanted }) =>
      textMember(wanted, 'volume_uuid') === undefined ? badRequest("'volume_uuid' is a required property") : undefined,
    volume: ({ wanted, found }) => (found.volume ? undefined : volumeNotFound(textMember(wanted, 'volume_uuid') ?? '')),
    reservable: ({ call: { cloud }, found }) => found.volume && reservationRefusal(cloud, found.volume),
  },
  result: ({ call: { cloud }, wanted, found }) =>
    found.volume && newAttachment(cloud, found.volume, textMember(wanted, 'instance_uuid') ?? null),
  effect: ({ call: { cloud } }, attachment) => addReserved(cloud, attachment),
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'attachment', fields },
});

const showAttachment = storageEndpoint('block-storage/show-attachment', {
  ...ofOne,
  method: 'GET',
  policy: { rule: 'volume:attachment_get', project: projectOfAttachment },
  checks: ['attachment', 'role'],
  refusals: { attachment: unknownAttachment },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'attachment', fields },
});

const deleteAttachment = storageEndpoint('block-storage/delete-attachment', {
  ...ofOne,
  method: 'DELETE',
  policy: { rule: 'volume:attachment_delete', project: projectOfAttachment },
  checks: ['attachment', 'role', 'used'],
  refusals: {
    attachment: unknownAttachment,
    used: ({ call, found: { attachment } }) =>
      attachment && isUsed(call, attachment)
        ? conflict(
            `ConflictNovaUsingAttachment: Detach volume from instance ${attachment.instance ?? ''} using the Compute API`,
          )
        : undefined,
  },
  effect: ({ call: { cloud } }, { id }) => release(cloud, id),
  success: [{ status: 200, content: 'item' }],
  response: { fields: [{ name: 'attachments', value: ({ call, item: { volumeId } }) => remaining(call, volumeId) }] },
});

const completeAttachment = storageEndpoint('block-storage/complete-attachment', {
  ...ofOne,
  method: 'POST',
  path: `${item}/action`,
  range: range('3.44-'),
  body: single('os-complete', {}),
  policy: { rule: 'volume:attachment_complete', project: projectOfAttachment },
  checks: ['attachment', 'role', 'body'],
  refusals: {
    attachment: unknownAttachment,
    body: ({ call }) =>
      member(call.body, 'os-complete') === undefined ? badRequest('There is no such action.') : undefined,
  },
  effect: ({ call: { cloud } }, attachment) => complete(cloud, attachment),
  success: [{ status: 204, content: 'empty' }],
});

export const attachmentEndpoints: readonly Endpoint[] = [
  listAttachments,
  listAttachmentsInDetail,
  createAttachment,
  showAttachment,
  deleteAttachment,
  completeAttachment,
];

function volumeOf({ cloud }: VolumeCall, { volumeId }: Attachment): Volume | undefined {
  return cloud.blockStorage.volumes.get(volumeId);
}

function projectOfAttachment({ call, found: { attachment } }: Of<Named>): string | undefined {
  return attachment && volumeOf(call, attachment)?.projectId;
}

function unknownAttachment({ call: { params }, found: { attachment } }: Of<Named>): Refusal | undefined {
  return attachment
    ? undefined
    : notFound(`Volume attachment could not be found with filter: attachment_id = ${params.attachment_id ?? ''}.`);
}

/** Whether a server uses it; a record created by a client for another server can be deleted. */
function isUsed({ cloud }: VolumeCall, { id, instance }: Attachment): boolean {
  const server = cloud.compute.servers.get(instance ?? '');
  return server?.mappings.some(({ attachmentId }) => attachmentId === id) === true;
}

/** Summaries of the attachments that a volume still has. */
function remaining(call: VolumeCall, volumeId: string): readonly JsonObject[] {
  return [...call.cloud.blockStorage.attachments.values()]
    .filter((one) => one.volumeId === volumeId && named.sees?.(call, one) !== false)
    .map((one) => represent(summary, { call, item: one }, call.at));
}

function connection({ id, volumeId, mode }: Attachment): JsonObject {
  return { driver_volume_type: 'fake', attachment_id: id, volume_id: volumeId, access_mode: mode, encrypted: false };
}
