/**
 * Attachments in the API of the volume service.
 */

import { range } from '../../../src/microversion.ts';
import { json, type JsonObject, member, type SimResponse, textMember } from '../kernel/http.ts';
import { badRequest, conflict, notFound } from '../kernel/refusal.ts';
import type { Route } from '../kernel/router.ts';
import { complete, release, reservationRefusal, reserve } from './attaching.ts';
import { requireMember, type VolumeCall, type VolumeHandle, visibleVolume } from './call.ts';
import type { Attachment } from './state.ts';
import { timestamp } from './volume-view.ts';

const since = range('3.27-');
const item = '/attachments/:attachment_id';

export const attachmentRoutes: readonly Route<VolumeHandle>[] = [
  {
    operation: 'block-storage/list-attachments',
    method: 'GET',
    path: '/attachments',
    handle: { range: since, answer: list },
  },
  {
    operation: 'block-storage/list-attachments-detailed',
    method: 'GET',
    path: '/attachments/detail',
    handle: { range: since, answer: listInDetail },
  },
  {
    operation: 'block-storage/create-attachment',
    method: 'POST',
    path: '/attachments',
    handle: { range: since, answer: create },
  },
  { operation: 'block-storage/show-attachment', method: 'GET', path: item, handle: { range: since, answer: show } },
  {
    operation: 'block-storage/delete-attachment',
    method: 'DELETE',
    path: item,
    handle: { range: since, answer: remove },
  },
  {
    operation: 'block-storage/complete-attachment',
    method: 'POST',
    path: `${item}/action`,
    handle: { range: range('3.44-'), answer: completeAttachment },
  },
];

function list(call: VolumeCall): SimResponse {
  return json(200, { attachments: visible(call).map(summary) });
}

function listInDetail(call: VolumeCall): SimResponse {
  return json(200, { attachments: visible(call).map(view) });
}

function show(call: VolumeCall): SimResponse {
  return json(200, { attachment: view(attachmentOf(call)) });
}

function create(call: VolumeCall): SimResponse {
  const wanted = member(call.body, 'attachment');
  const volumeId = textMember(wanted, 'volume_uuid');
  if (volumeId === undefined) throw badRequest("'volume_uuid' is a required property");
  const volume = visibleVolume(call, volumeId);
  requireMember(call, 'volume:attachment_create');
  const refusal = reservationRefusal(call.cloud, volume);
  if (refusal) throw refusal;
  const attachment = reserve(call.cloud, volume, textMember(wanted, 'instance_uuid') ?? null);
  return json(200, { attachment: view(attachment) });
}

function remove(call: VolumeCall): SimResponse {
  const attachment = attachmentOf(call);
  requireMember(call, 'volume:attachment_delete');
  if (isUsed(call, attachment)) {
    throw conflict(
      `ConflictNovaUsingAttachment: Detach volume from instance ${attachment.instance ?? ''} using the Compute API`,
    );
  }
  release(call.cloud, attachment.id);
  return json(200, {
    attachments: visible(call)
      .filter((one) => one.volumeId === attachment.volumeId)
      .map(summary),
  });
}

function completeAttachment(call: VolumeCall): SimResponse {
  const attachment = attachmentOf(call);
  requireMember(call, 'volume:attachment_complete');
  if (member(call.body, 'os-complete') === undefined) throw badRequest('There is no such action.');
  complete(call.cloud, attachment);
  return { status: 204, headers: {}, body: '' };
}

function attachmentOf(call: VolumeCall): Attachment {
  const id = call.params.attachment_id ?? '';
  const attachment = visible(call).find((one) => one.id === id);
  if (!attachment) throw notFound(`Volume attachment could not be found with filter: attachment_id = ${id}.`);
  return attachment;
}

function visible({ cloud, caller }: VolumeCall): readonly Attachment[] {
  return [...cloud.blockStorage.attachments.values()].filter(({ volumeId }) => {
    const volume = cloud.blockStorage.volumes.get(volumeId);
    return volume !== undefined && cloud.behaviour.blockStorage.sees(caller, volume);
  });
}

/** Whether a server uses it; a record created by a client for another server can be deleted. */
function isUsed({ cloud }: VolumeCall, { id, instance }: Attachment): boolean {
  const server = cloud.compute.servers.get(instance ?? '');
  return server?.mappings.some(({ attachmentId }) => attachmentId === id) === true;
}

function summary({ id, status, instance, volumeId }: Attachment): JsonObject {
  return { id, status, instance, volume_id: volumeId };
}

function view(attachment: Attachment): JsonObject {
  return {
    ...summary(attachment),
    attached_at: timestamp(attachment.attachedAt) ?? '',
    detached_at: '',
    attach_mode: attachment.status === 'reserved' ? 'null' : attachment.mode,
    connection_info: attachment.status === 'reserved' ? {} : connection(attachment),
  };
}

function connection({ id, volumeId, mode }: Attachment): JsonObject {
  return { driver_volume_type: 'fake', attachment_id: id, volume_id: volumeId, access_mode: mode, encrypted: false };
}
