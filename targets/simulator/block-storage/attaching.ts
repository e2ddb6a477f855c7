/**
 * What the compute service asks of the volume service on its way to an attachment and back.
 */

import type { Cloud } from '../cloud.ts';
import { badRequest, type Refusal } from '../refusal.ts';
import type { Attachment, Volume } from './state.ts';

/** Why a volume cannot be reserved in its present status, in the volume service's words. */
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

/** Why a server in a zone does not get a volume of another. */
export function zoneRefusal({ settings }: Cloud, volume: Volume, zone: string): Refusal | undefined {
  if (!settings.offer.zonesMustAgree || volume.zone === zone) return undefined;
  return badRequest(`Invalid volume: The server is in availability_zone ${zone} and the volume in ${volume.zone}.`);
}

/** Makes the record of an attachment that is yet to be. */
export function reserve(cloud: Cloud, volume: Volume, serverId: string | null): Attachment {
  const attachment: Attachment = {
    id: cloud.newId(),
    volumeId: volume.id,
    instance: serverId,
    status: 'reserved',
    attachedAt: null,
    device: null,
    mode: 'rw',
  };
  cloud.blockStorage.attachments.set(attachment.id, attachment);
  setStatus(cloud, volume, 'reserved');
  return attachment;
}

export function connect(cloud: Cloud, attachment: Attachment, device: string | null): void {
  attachment.status = 'attaching';
  attachment.device = device;
  const volume = cloud.blockStorage.volumes.get(attachment.volumeId);
  if (volume) setStatus(cloud, volume, 'attaching');
}

export function complete(cloud: Cloud, attachment: Attachment): void {
  // A record that was never connected, for a server on no host, has no time either.
  if (attachment.status === 'attaching') attachment.attachedAt = cloud.now();
  attachment.status = 'attached';
  const volume = cloud.blockStorage.volumes.get(attachment.volumeId);
  if (!volume) return;
  volume.attachStatus = 'attached';
  setStatus(cloud, volume, 'in-use');
}

/** Why an attached volume cannot be let go at the moment. */
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

/** Removes an attachment; the volume's status follows from those that are left. */
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

/** The words in which the compute service passes a refusal of the volume service on. */
export function relayed(refusal: Refusal, requestId: string): Refusal {
  return badRequest(`Invalid input received: ${refusal.message} (HTTP 400) (Request-ID: ${requestId})`);
}

function statusFrom(rest: readonly Attachment[]): string {
  if (rest.some(({ status }) => status === 'attached')) return 'in-use';
  if (rest.some(({ status }) => status === 'attaching')) return 'attaching';
  return rest.length > 0 ? 'reserved' : 'available';
}
