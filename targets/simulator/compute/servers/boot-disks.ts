/**
 * The disks of a new server: a local one from its image, and existing or new volumes.
 */

import { complete, connect, relayed, reservationRefusal, reserve, zoneRefusal } from '../../block-storage/attaching.ts';
import { newVolume } from '../../block-storage/new-volume.ts';
import type { Volume } from '../../block-storage/state.ts';
import { type Json, member, textMember } from '../../kernel/http.ts';
import { badRequest, type Refusal } from '../../kernel/refusal.ts';
import type { ComputeCall } from '../call.ts';
import { visibleVolume } from '../lookup.ts';
import type { Mapping, Server } from '../state.ts';
import { deviceName, rootDevice } from '../volume-attachments/devices.ts';
import { parseFlag } from '../volume-attachments/flag.ts';

export interface DiskPlan {
  readonly root: boolean;
  readonly deleteOnTermination: boolean;
  readonly device: string | null;
  readonly tag: string | null;
  /** An existing volume, one to create while the server is built, or none. */
  readonly volume:
    | { readonly kind: 'existing'; readonly volume: Volume }
    | { readonly kind: 'new'; readonly size: number; readonly imageId: string | undefined }
    | { readonly kind: 'none' };
}

/** @throws Refusal for disks that the server cannot boot from. */
export function planDisks(call: ComputeCall, given: Json | undefined, imageId: string | null): readonly DiskPlan[] {
  const listed = Array.isArray(given) ? given.map((one: Json) => plan(call, one)) : [];
  const roots = listed.filter(({ root }) => root);
  if (imageId === null && listed.length === 0) throw badRequest('Missing imageRef attribute');
  if (imageId !== null && roots.length === 0) return [localRoot(), ...listed];
  if (roots.length === 1) return listed;
  throw badRequest(
    'Block Device Mapping is Invalid: Boot sequence for the instance and image/block device mapping combination is ' +
      'not valid.',
  );
}

/** The refusal of a volume in another zone than the server. */
export function zonesRefusal({ cloud }: ComputeCall, plans: readonly DiskPlan[], zone: string): Refusal | undefined {
  for (const { volume } of plans) {
    const refusal = volume.kind === 'existing' ? zoneRefusal(cloud, volume.volume, zone) : undefined;
    if (refusal) return refusal;
  }
  return undefined;
}

/** Creates the server's mappings, and the volume service's records for existing volumes. */
export function mapDisks(call: ComputeCall, server: Server, plans: readonly DiskPlan[]): void {
  for (const { root, deleteOnTermination, device, tag, volume } of plans) {
    const existing = volume.kind === 'existing' ? volume.volume : undefined;
    server.mappings.push({
      uuid: call.cloud.newId(),
      serverId: server.id,
      volumeId: existing?.id ?? null,
      attachmentId: existing ? reserve(call.cloud, existing, server.id).id : null,
      device: root ? rootDevice(call.cloud) : deviceName(call.cloud, server, device),
      tag,
      deleteOnTermination,
      firstFlag: deleteOnTermination,
      bootIndex: root ? 0 : null,
    });
  }
}

/** Creates the new volumes and connects all volumes. */
export function connectDisks(call: ComputeCall, server: Server, plans: readonly DiskPlan[]): void {
  for (const [index, { volume }] of plans.entries()) {
    const mapping = server.mappings[index];
    if (!mapping) continue;
    if (volume.kind === 'new') createVolume(call, server, mapping, volume.size, volume.imageId);
    const attachment = call.cloud.blockStorage.attachments.get(mapping.attachmentId ?? '');
    if (!attachment) continue;
    connect(call.cloud, attachment, mapping.device);
    complete(call.cloud, attachment);
  }
}

function createVolume(
  { cloud }: ComputeCall,
  server: Server,
  mapping: Mapping,
  size: number,
  imageId: string | undefined,
): void {
  const volume = newVolume(cloud, {
    name: '',
    description: '',
    size,
    projectId: server.projectId,
    userId: server.userId,
    imageId,
  });
  volume.status = 'available';
  cloud.blockStorage.volumes.set(volume.id, volume);
  mapping.volumeId = volume.id;
  mapping.attachmentId = reserve(cloud, volume, server.id).id;
}

function plan(call: ComputeCall, given: Json): DiskPlan {
  const bootIndex = member(given, 'boot_index');
  const root = bootIndex === 0 || bootIndex === '0';
  return {
    root,
    deleteOnTermination: parseFlag(member(given, 'delete_on_termination') ?? false),
    device: textMember(given, 'device_name') ?? null,
    tag: textMember(given, 'tag') ?? null,
    volume: volumePlan(call, given, root),
  };
}

function volumePlan(call: ComputeCall, given: Json, root: boolean): DiskPlan['volume'] {
  const source = textMember(given, 'source_type');
  const local = textMember(given, 'destination_type') === 'local';
  const id = textMember(given, 'uuid') ?? '';
  if (source === 'volume') return { kind: 'existing', volume: existingVolume(call, id, root) };
  if (source === 'snapshot') throw badRequest(`Block Device Mapping is Invalid: failed to get snapshot ${id}.`);
  if (source === 'image' && !call.cloud.image.images.has(id)) {
    throw badRequest(`Block Device Mapping is Invalid: failed to get image ${id}.`);
  }
  if (local) return { kind: 'none' };
  const size = Number(member(given, 'volume_size') ?? 0);
  if (!Number.isInteger(size) || size < 1) {
    const what = source === 'image' ? 'Images' : 'Blank volumes';
    throw badRequest(`${what} with destination_type 'volume' need to have a non-zero size specified`);
  }
  return { kind: 'new', size, imageId: source === 'image' ? id : undefined };
}

function existingVolume(call: ComputeCall, id: string, root: boolean): Volume {
  const volume = visibleVolume(call, id);
  const message = root
    ? `Block Device Mapping is Invalid: failed to get volume ${id}.`
    : `Volume ${id} could not be found.`;
  if (!volume) throw badRequest(message);
  const refusal = reservationRefusal(call.cloud, volume);
  if (refusal) throw badRequest(`Invalid volume: ${relayed(refusal, call.requestId).message}`);
  return volume;
}

function localRoot(): DiskPlan {
  return { root: true, deleteOnTermination: true, device: null, tag: null, volume: { kind: 'none' } };
}

/** The name of the disk that it boots from; null before it has one. */
export function rootDeviceName({ mappings }: Pick<Server, 'mappings'>): string | null {
  return mappings.find(({ bootIndex }) => bootIndex === 0)?.device ?? null;
}
