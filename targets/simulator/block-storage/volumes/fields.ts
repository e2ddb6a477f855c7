/**
 * The representation of a volume, by field and microversion.
 */

import { range } from '../../../../src/microversion.ts';
import { hostName } from '../../host.ts';
import type { Shown } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import type { Json, JsonObject } from '../../kernel/http.ts';
import { attachmentsOf } from '../attaching.ts';
import type { VolumeCall } from '../call.ts';
import { seesMigrations } from '../policy.ts';
import type { Attachment, Volume } from '../state.ts';
import { timestamp } from '../timestamp.ts';

/** The id of the only backend, the same in every cloud. */
const serviceId = '36e3d9b6-b750-4633-ae8c-4ff81ea06c1e';

type ShownVolume = Shown<VolumeCall, Volume>;

export const volumeFields: readonly Field<ShownVolume>[] = [
  { name: 'id', value: ({ item }) => item.id },
  { name: 'status', value: ({ item }) => item.status },
  { name: 'size', value: ({ item }) => item.size },
  { name: 'availability_zone', value: ({ item }) => item.zone },
  { name: 'created_at', value: ({ item }) => timestamp(item.createdAt) },
  { name: 'updated_at', value: ({ item }) => timestamp(item.updatedAt) },
  { name: 'name', value: ({ item }) => item.name },
  { name: 'description', value: ({ item }) => item.description },
  { name: 'volume_type', value: ({ item }) => item.type.name },
  { name: 'snapshot_id', value: () => null },
  { name: 'source_volid', value: () => null },
  { name: 'metadata', value: ({ item }) => item.metadata },
  { name: 'links', value: ({ call, item }) => links(call, item.id) },
  { name: 'user_id', value: ({ item }) => item.userId },
  { name: 'bootable', value: ({ item }) => String(item.bootable) },
  { name: 'encrypted', value: () => false },
  { name: 'replication_status', value: () => null },
  { name: 'consistencygroup_id', value: () => null },
  { name: 'multiattach', value: ({ item }) => item.multiattach },
  { name: 'attachments', value: attached },
  {
    name: 'migration_status',
    value: (subject) => (seesMigrations(subject.call) ? subject.item.migrationStatus : undefined),
  },
  { name: 'group_id', range: range('3.13-'), value: () => null },
  { name: 'shared_targets', range: range('3.48-'), value: () => true },
  { name: 'service_uuid', range: range('3.48-'), value: () => serviceId },
  { name: 'volume_type_id', range: range('3.63-'), value: ({ item }) => item.type.id },
  { name: 'consumes_quota', range: range('3.65-'), value: () => true },
  { name: 'os-vol-tenant-attr:tenant_id', value: ({ item }) => item.projectId },
  {
    name: 'os-vol-mig-status-attr:migstat',
    value: (subject) => (seesMigrations(subject.call) ? subject.item.migrationStatus : undefined),
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

/** Completed attachments only: a reserved volume has none. */
function attached({ call, item }: ShownVolume): readonly Json[] {
  return attachmentsOf(call.cloud, item.id)
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

function isAdmin({ call }: ShownVolume): boolean {
  return call.caller.roles.has('admin');
}
