/**
 * The representation of a volume, by field and microversion.
 */

import { range } from '../../../src/microversion.ts';
import type { Field } from '../kernel/fields.ts';
import type { Json, JsonObject } from '../kernel/http.ts';
import { hostName } from '../host.ts';
import { attachmentsOf } from './attaching.ts';
import type { VolumeCall } from './call.ts';
import type { Attachment, Volume } from './state.ts';

/** The id of the only backend, the same in every cloud. */
const serviceId = '36e3d9b6-b750-4633-ae8c-4ff81ea06c1e';

export interface VolumeSubject {
  readonly call: VolumeCall;
  readonly volume: Volume;
}

export const volumeFields: readonly Field<VolumeSubject>[] = [
  { name: 'id', value: ({ volume }) => volume.id },
  { name: 'status', value: ({ volume }) => volume.status },
  { name: 'size', value: ({ volume }) => volume.size },
  { name: 'availability_zone', value: ({ volume }) => volume.zone },
  { name: 'created_at', value: ({ volume }) => timestamp(volume.createdAt) },
  { name: 'updated_at', value: ({ volume }) => timestamp(volume.updatedAt) },
  { name: 'name', value: ({ volume }) => volume.name },
  { name: 'description', value: ({ volume }) => volume.description },
  { name: 'volume_type', value: ({ volume }) => volume.type.name },
  { name: 'snapshot_id', value: () => null },
  { name: 'source_volid', value: () => null },
  { name: 'metadata', value: ({ volume }) => volume.metadata },
  { name: 'links', value: ({ call, volume }) => links(call, volume.id) },
  { name: 'user_id', value: ({ volume }) => volume.userId },
  { name: 'bootable', value: ({ volume }) => String(volume.bootable) },
  { name: 'encrypted', value: () => false },
  { name: 'replication_status', value: () => null },
  { name: 'consistencygroup_id', value: () => null },
  { name: 'multiattach', value: ({ volume }) => volume.multiattach },
  { name: 'attachments', value: attached },
  {
    name: 'migration_status',
    value: (subject) => (seesMigrations(subject.call) ? subject.volume.migrationStatus : undefined),
  },
  { name: 'group_id', range: range('3.13-'), value: () => null },
  { name: 'shared_targets', range: range('3.48-'), value: () => true },
  { name: 'service_uuid', range: range('3.48-'), value: () => serviceId },
  { name: 'volume_type_id', range: range('3.63-'), value: ({ volume }) => volume.type.id },
  { name: 'consumes_quota', range: range('3.65-'), value: () => true },
  { name: 'os-vol-tenant-attr:tenant_id', value: ({ volume }) => volume.projectId },
  {
    name: 'os-vol-mig-status-attr:migstat',
    value: (subject) => (seesMigrations(subject.call) ? subject.volume.migrationStatus : undefined),
  },
  { name: 'os-vol-mig-status-attr:name_id', value: (subject) => (isAdmin(subject) ? null : undefined) },
  { name: 'os-vol-host-attr:host', value: (subject) => (isAdmin(subject) ? `${hostName}@null#null` : undefined) },
];

export function links({ request, params }: VolumeCall, id: string): readonly JsonObject[] {
  const path = params.project_id === undefined ? `volumes/${id}` : `${params.project_id}/volumes/${id}`;
  return [
    { rel: 'self', href: `${request.origin}/volume/v3/${path}` },
    { rel: 'bookmark', href: `${request.origin}/volume/${path}` },
  ];
}

export function timestamp(date: Date | null): string | null {
  return date?.toISOString().replace(/\.\d+Z$/, '.000000') ?? null;
}

/** Completed attachments only: a reserved volume has none. */
function attached({ call, volume }: VolumeSubject): readonly Json[] {
  return attachmentsOf(call.cloud, volume.id)
    .filter(({ status }) => status === 'attached')
    .map((one) => attachmentSummary(one, call.caller.roles.has('admin')));
}

/** Only administrators see the host. */
function attachmentSummary({ id, volumeId, instance, device, attachedAt }: Attachment, admin: boolean): JsonObject {
  return {
    id: volumeId,
    attachment_id: id,
    volume_id: volumeId,
    server_id: instance,
    host_name: admin && device !== null ? hostName : null,
    device,
    attached_at: timestamp(attachedAt),
  };
}

function isAdmin({ call }: VolumeSubject): boolean {
  return call.caller.roles.has('admin');
}

/** Whether a caller can see that a volume migrates. */
export function seesMigrations({ caller, cloud }: Pick<VolumeCall, 'caller' | 'cloud'>): boolean {
  return cloud.behaviour.blockStorage.migrationReaders.some((role) => caller.roles.has(role));
}
