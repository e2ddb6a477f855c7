/**
 * The representation of a server, by field and microversion.
 */

import { createHash } from 'node:crypto';
import { type MicroversionRange, range } from '../../../../src/microversion.ts';
import type { Field } from '../../kernel/fields.ts';
import type { Json, JsonObject } from '../../kernel/http.ts';
import type { ComputeCall } from '../call.ts';
import { groupsOf } from '../server-groups/groups.ts';
import type { Server } from '../state.ts';
import { statusOf } from './status.ts';

export interface ServerSubject {
  readonly call: ComputeCall;
  readonly server: Server;
}

type Value = (subject: ServerSubject) => Json | undefined;

export const serverFields: readonly Field<ServerSubject>[] = [
  field('accessIPv4', () => ''),
  field('accessIPv6', () => ''),
  field('addresses', () => ({})),
  field('created', ({ server }) => seconds(server.createdAt)),
  field('flavor', flavorLink, '2.1-2.46'),
  field('flavor', flavorCopy, '2.47-'),
  field('hostId', ({ server }) => hostId(server)),
  field('id', ({ server }) => server.id),
  field('image', imageLink),
  field('links', ({ call, server }) => links(call, `servers/${server.id}`)),
  field('metadata', ({ server }) => server.metadata),
  field('name', ({ server }) => server.name),
  field('status', ({ server }) => statusOf(server)),
  field('tenant_id', ({ server }) => server.projectId),
  field('user_id', ({ server }) => server.userId),
  field('updated', ({ server }) => seconds(server.updatedAt)),
  field('OS-DCF:diskConfig', () => 'MANUAL'),
  field('progress', ({ server }) => (['active', 'building', 'resized'].includes(server.vmState) ? 0 : undefined)),
  field('OS-EXT-AZ:availability_zone', ({ server }) => (server.host === null ? '' : server.zone)),
  field('fault', faultOf),
  field('config_drive', () => ''),
  field('key_name', () => null),
  field('OS-SRV-USG:launched_at', ({ server }) => micros(server.launchedAt)),
  field('OS-SRV-USG:terminated_at', () => null),
  field(
    'OS-EXT-SRV-ATTR:host',
    forAdmin(({ server }) => server.host),
  ),
  field(
    'OS-EXT-SRV-ATTR:instance_name',
    forAdmin(({ server }) => `instance-${server.number.toString(16).padStart(8, '0')}`),
  ),
  field(
    'OS-EXT-SRV-ATTR:hypervisor_hostname',
    forAdmin(({ server }) => server.host),
  ),
  field(
    'OS-EXT-SRV-ATTR:hostname',
    forAdmin(({ server }) => server.hostname),
    '2.3-2.89',
  ),
  field('OS-EXT-SRV-ATTR:hostname', ({ server }) => server.hostname, '2.90-'),
  field(
    'OS-EXT-SRV-ATTR:kernel_id',
    forAdmin(() => ''),
    '2.3-',
  ),
  field(
    'OS-EXT-SRV-ATTR:launch_index',
    forAdmin(() => 0),
    '2.3-',
  ),
  field(
    'OS-EXT-SRV-ATTR:ramdisk_id',
    forAdmin(() => ''),
    '2.3-',
  ),
  field('OS-EXT-SRV-ATTR:reservation_id', forAdmin(reservationId), '2.3-'),
  field('OS-EXT-SRV-ATTR:root_device_name', forAdmin(rootDeviceName), '2.3-'),
  field(
    'OS-EXT-SRV-ATTR:user_data',
    forAdmin(() => null),
    '2.3-',
  ),
  field('OS-EXT-STS:task_state', ({ server }) => server.taskState),
  field('OS-EXT-STS:vm_state', ({ server }) => server.vmState),
  field('OS-EXT-STS:power_state', ({ server }) => server.powerState),
  field('os-extended-volumes:volumes_attached', ({ server }) => volumes(server).map(({ id }) => ({ id })), '2.1-2.2'),
  field('os-extended-volumes:volumes_attached', ({ server }) => volumes(server), '2.3-'),
  field('locked', ({ server }) => server.lockedBy !== null, '2.9-'),
  field(
    'host_status',
    forAdmin(({ server }) => (server.host === null ? '' : 'UP')),
    '2.16-',
  ),
  field('description', ({ server }) => server.description, '2.19-'),
  field('tags', ({ server }) => server.tags, '2.26-'),
  field('trusted_image_certificates', () => null, '2.63-'),
  field('server_groups', ({ call, server }) => groupsOf(call.cloud.compute, server), '2.71-'),
  field('locked_reason', ({ server }) => server.lockedReason, '2.73-'),
  field('pinned_availability_zone', () => null, '2.96-'),
  field('scheduler_hints', ({ server }) => server.schedulerHints, '2.100-'),
];

function faultOf({ server }: ServerSubject): JsonObject | undefined {
  if (server.vmState !== 'error' || server.fault === undefined) return undefined;
  return { code: 500, created: seconds(server.updatedAt), message: server.fault };
}

/** Contains the project's path segment if the request had it. */
export function links({ request, params, legacy }: ComputeCall, path: string): readonly JsonObject[] {
  const base = `${request.origin}/compute`;
  const local = params.project_id === undefined ? path : `${params.project_id}/${path}`;
  return [
    { rel: 'self', href: `${base}/${legacy ? 'v2' : 'v2.1'}/${local}` },
    { rel: 'bookmark', href: `${base}/${local}` },
  ];
}

export function hostId({ host, projectId }: Pick<Server, 'host' | 'projectId'>): string {
  return host === null
    ? ''
    : createHash('sha224')
        .update(projectId + host)
        .digest('hex');
}

export function micros(date: Date | null): string | null {
  return date?.toISOString().replace(/\.\d+Z$/, '.000000') ?? null;
}

function seconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

function volumes({ mappings }: Server): readonly { readonly id: string; readonly delete_on_termination: boolean }[] {
  return mappings.flatMap(({ volumeId, deleteOnTermination }) =>
    volumeId === null ? [] : [{ id: volumeId, delete_on_termination: deleteOnTermination }],
  );
}

function flavorLink({ call, server }: ServerSubject): Json {
  const { id } = server.flavor;
  return { id, links: links(call, `flavors/${id}`).slice(1) };
}

function flavorCopy({ server }: ServerSubject): Json {
  const { vcpus, ram, disk, name } = server.flavor;
  return { vcpus, ram, disk, ephemeral: 0, swap: 0, original_name: name, extra_specs: {} };
}

function imageLink({ call, server }: ServerSubject): Json {
  const id = server.imageId;
  if (id === null) return '';
  const link = { id, links: links(call, `images/${id}`).slice(1) };
  return call.at.minor >= 98 ? { ...link, properties: {} } : link;
}

function reservationId({ server }: ServerSubject): Json {
  return `r-${server.id.slice(0, 8)}`;
}

function rootDeviceName({ server }: ServerSubject): Json {
  return server.mappings.find(({ bootIndex }) => bootIndex === 0)?.device ?? null;
}

function forAdmin(value: Value): Value {
  return (subject) => (subject.call.caller.roles.has('admin') ? value(subject) : undefined);
}

function field(name: string, value: Value, versions?: string): Field<ServerSubject> {
  const shown: MicroversionRange | undefined = versions === undefined ? undefined : range(versions);
  return shown ? { name, value, range: shown } : { name, value };
}
