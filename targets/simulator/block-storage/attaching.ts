/**
 * The calls of the compute service to the volume service for attachments.
 */

import type { Cloud } from '../cloud.ts';
import { badRequest, type Refusal } from '../kernel/refusal.ts';
import type { Attachment, Volume } from './state.ts';

/** The refusal to reserve a volume in its current status, in the wording of the volume service. */
export function reservationRefusal(cloud: Cloud, volume: Volume): Refusal | undefined {
  if (volume.status.startsWith('error')) {
    return badRequest(
      'Invalid volume: Volume attachments can not be created if the volume is in an error state. The Volume ' +
        `${volume.id} currently has a status of: ${volume.status} `,
    );
  }
  const { reservable } = cloud.behaviour.blockStorage;
  const statuses = volume.multiattach ? reservable.multiattach : reservable.single;
  if (statuses.includes(volume.status)) return undefined;
  const list = `${statuses.slice(0, -1).join(', ')} or ${statuses.at(-1) ?? ''}`;
  return badRequest(
    `Invalid volume: Volume ${volume.id} status must be ${list} to reserve, but the current status is ${volume.status}.`,
  );
}

/** The refusal of a volume in another zone than the server. */
export function zoneRefusal({ settings }: Cloud, volume: Volume, zone: string): Refusal | undefined {
  if (!settings.offer.zonesMustAgree || volume.zone === zone) return undefined;
  return badRequest(`Invalid volume: The server is in availability_zone ${zone} and the volume in ${volume.zone}.`);
}

/** Creates the record of a future attachment. */
export function reserve(cloud: Cloud, volume: Volume, serverId: string | null): Attachment {
  const attachment = newAttachment(cloud, volume, serverId);
  addReserved(cloud, attachment);
  return attachment;
}

/** A record that is not yet kept. */
export function newAttachment(cloud: Cloud, volume: Volume, serverId: string | null): Attachment {
  return {
    id: cloud.newId(),
    volumeId: volume.id,
    instance: serverId,
    status: 'reserved',
    attachedAt: null,
    device: null,
    mode: 'rw',
  };
}

export function addReserved(cloud: Cloud, attachment: Attachment): void {
  cloud.blockStorage.attachments.set(attachment.id, attachment);
  const volume = cloud.blockStorage.volumes.get(attachment.volumeId);
  if (volume) setStatus(cloud, volume, 'reserved');
}

export function connect(cloud: Cloud, attachment: Attachment, device: string | null): void {
  attachment.status = 'attaching';
  attachment.device = device;
  const volume = cloud.blockStorage.volumes.get(attachment.volumeId);
  if (volume) setStatus(cloud, volume, 'attaching');
}

export function complete(cloud: Cloud, attachment: Attachment): void {
  // A record that was never connected, for a server without a host, has no time.
  if (attachment.status === 'attaching') attachment.attachedAt = cloud.now();
  attachment.status = 'attached';
  const volume = cloud.blockStorage.volumes.get(attachment.volumeId);
  if (!volume) return;
  volume.attachStatus = 'attached';
  setStatus(cloud, volume, 'in-use');
}

/** The refusal to detach a volume in its current status. */
export function detachRefusal(cloud: Cloud, volume: Volume): Refusal | undefined {
  if (isMigrating(volume)) return undefined;
  const { detachable } = cloud.behaviour.blockStorage;
  if (detachable.includes(volume.status) && volume.attachStatus === 'attached') return undefined;
  return badRequest(
    "Invalid volume: Unable to detach volume. Volume status must be 'in-use' and attach_status must be 'attached' " +
      'to detach.',
  );
}

/** A migrating volume does not show that it is being detached. */
export function beginDetaching(cloud: Cloud, volume: Volume): void {
  if (!isMigrating(volume)) setStatus(cloud, volume, 'detaching');
}

export function rollDetaching(cloud: Cloud, volume: Volume): void {
  if (volume.status === 'detaching') setStatus(cloud, volume, 'in-use');
}

/** Removes an attachment; the volume's status follows from the remaining ones. */
export function release(cloud: Cloud, attachmentId: string): void {
  const attachment = cloud.blockStorage.attachments.get(attachmentId);
  if (!attachment) return;
  cloud.blockStorage.attachments.delete(attachmentId);
  const volume = cloud.blockStorage.volumes.get(attachment.volumeId);
  if (!volume) return;
  const rest = attachmentsOf(cloud, volume.id);
  volume.attachStatus = rest.some(({ status }) => status === 'attached') ? 'attached' : 'detached';
  setStatus(cloud, volume, statusFrom(rest));
}

export function attachmentsOf(cloud: Cloud, volumeId: string): readonly Attachment[] {
  return [...cloud.blockStorage.attachments.values()].filter((one) => one.volumeId === volumeId);
}

export function isMigrating({ migrationStatus }: Volume): boolean {
  return migrationStatus !== null && !['deleting', 'error', 'success'].includes(migrationStatus);
}

export function setStatus(cloud: Cloud, volume: Volume, status: string): void {
  volume.status = status;
  volume.updatedAt = cloud.now();
}

/** The wording in which the compute service relays a refusal of the volume service. */
export function relayed(refusal: Refusal, requestId: string): Refusal {
  return badRequest(`Invalid input received: ${refusal.message} (HTTP 400) (Request-ID: ${requestId})`);
}

function statusFrom(rest: readonly Attachment[]): string {
  if (rest.some(({ status }) => status === 'attached')) return 'in-use';
  if (rest.some(({ status }) => status === 'attaching')) return 'attaching';
  return rest.length > 0 ? 'reserved' : 'available';
}
