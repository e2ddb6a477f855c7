/**
 * The representation of a server, by field and microversion.
 */

import { createHash } from 'node:crypto';
import { compareMicroversions, type MicroversionRange, range } from '../../../../src/microversion.ts';
import type { Shown } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import type { Json, JsonObject } from '../../kernel/http.ts';
import type { ComputeCall } from '../call.ts';
import { groupsOf } from '../server-groups/groups.ts';
import { portsOf } from '../networks/networks.ts';
import type { Server } from '../state.ts';
import { addressesOf } from './addresses.ts';
import { rootDeviceName } from './boot-disks.ts';
import { statusOf } from './status.ts';

export type ServerSubject = Shown<ComputeCall, Server>;

type Value = (subject: ServerSubject) => Json | undefined;

export const serverFields: readonly Field<ServerSubject>[] = [
  field('accessIPv4', ({ item: server }) => server.accessIPv4),
  field('accessIPv6', ({ item: server }) => server.accessIPv6),
  field('addresses', ({ call, item: server }) => addressesOf(call, server)),
  field('created', ({ item: server }) => seconds(server.createdAt)),
  field('flavor', flavorLink, '2.1-2.46'),
  field('flavor', flavorCopy, '2.47-'),
  field('hostId', ({ item: server }) => hostId(server)),
  field('id', ({ item: server }) => server.id),
  field('image', imageLink),
  field('links', ({ call, item: server }) => links(call, `servers/${server.id}`)),
  field('metadata', ({ item: server }) => server.metadata),
  field('name', ({ item: server }) => server.name),
  field('security_groups', securityGroups),
  field('status', ({ item: server }) => statusOf(server)),
  field('tenant_id', ({ item: server }) => server.projectId),
  field('user_id', ({ item: server }) => server.userId),
  field('updated', ({ item: server }) => seconds(server.updatedAt)),
  field('OS-DCF:diskConfig', ({ item: server }) => server.diskConfig),
  field('progress', ({ item: server }) => (['active', 'building', 'resized'].includes(server.vmState) ? 0 : undefined)),
  field('OS-EXT-AZ:availability_zone', ({ item: server }) => (server.host === null ? '' : server.zone)),
  field('fault', faultOf),
  field('config_drive', ({ item: server }) => (server.hasConfigDrive ? 'True' : '')),
  field('key_name', () => null),
  field('OS-SRV-USG:launched_at', ({ item: server }) => micros(server.launchedAt)),
  field('OS-SRV-USG:terminated_at', ({ item: server }) => micros(server.terminatedAt)),
  restricted('OS-EXT-SRV-ATTR:host', ({ item: server }) => server.host),
  restricted(
    'OS-EXT-SRV-ATTR:instance_name',
    ({ item: server }) => `instance-${server.number.toString(16).padStart(8, '0')}`,
  ),
  restricted('OS-EXT-SRV-ATTR:hypervisor_hostname', ({ item: server }) => server.host),
  restricted('OS-EXT-SRV-ATTR:hostname', ({ item: server }) => server.hostname, '2.3-2.89'),
  field('OS-EXT-SRV-ATTR:hostname', ({ item: server }) => server.hostname, '2.90-'),
  restricted('OS-EXT-SRV-ATTR:kernel_id', () => '', '2.3-'),
  restricted('OS-EXT-SRV-ATTR:launch_index', ({ item: server }) => server.launchIndex, '2.3-'),
  restricted('OS-EXT-SRV-ATTR:ramdisk_id', () => '', '2.3-'),
  restricted('OS-EXT-SRV-ATTR:reservation_id', ({ item: server }) => server.reservationId, '2.3-'),
  restricted('OS-EXT-SRV-ATTR:root_device_name', ({ item: server }) => rootDeviceName(server), '2.3-'),
  restricted('OS-EXT-SRV-ATTR:user_data', ({ item: server }) => server.userData, '2.3-'),
  field('OS-EXT-STS:task_state', ({ item: server }) => server.taskState),
  field('OS-EXT-STS:vm_state', ({ item: server }) => server.vmState),
  field('OS-EXT-STS:power_state', ({ item: server }) => server.powerState),
  field(
    'os-extended-volumes:volumes_attached',
    ({ item: server }) => volumesOf(server).map(({ id }) => ({ id })),
    '2.1-2.2',
  ),
  field('os-extended-volumes:volumes_attached', ({ item: server }) => volumesOf(server), '2.3-'),
  field('locked', ({ item: server }) => server.lockedBy !== null, '2.9-'),
  restricted('host_status', ({ item: server }) => (server.host === null ? '' : 'UP'), '2.16-'),
  field('description', ({ item: server }) => server.description, '2.19-'),
  field('tags', ({ item: server }) => server.tags, '2.26-'),
  field('trusted_image_certificates', ({ item: server }) => server.trustedCertificates, '2.63-'),
  field('server_groups', ({ call, item: server }) => groupsOf(call.cloud.compute, server), '2.71-'),
  field('locked_reason', ({ item: server }) => server.lockedReason, '2.73-'),
  field('pinned_availability_zone', ({ item: server }) => server.pinnedZone, '2.96-'),
  field('scheduler_hints', ({ item: server }) => server.schedulerHints, '2.100-'),
];

/** A server without ports has none. */
function securityGroups({ call, item: server }: ServerSubject): Json | undefined {
  return portsOf(call, server).length === 0 ? undefined : server.securityGroups.map((name) => ({ name }));
}

const extended = /^(OS-|os-|config_drive|key_name|host_status|security_groups)/;
const extendedFrom = range('2.75-');

/** Up to 2.74 the responses to an update and a rebuild have no extended fields. */
export const changedServerFields: readonly Field<ServerSubject>[] = serverFields.flatMap((each) => {
  if (each.name === 'OS-DCF:diskConfig' || !extended.test(each.name)) return [each];
  const shown = intersection(each.range ?? extendedFrom, extendedFrom);
  return shown ? [{ ...each, range: shown }] : [];
});

function faultOf({ call, item: server }: ServerSubject): JsonObject | undefined {
  if (server.vmState !== 'error' || server.fault === undefined) return undefined;
  const fault = { code: 500, created: seconds(server.updatedAt), message: server.fault };
  return call.caller.roles.has('admin') ? { ...fault, details: `NoValidHost: ${server.fault}` } : fault;
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

/** Of a range and one that has no end. */
function intersection(one: MicroversionRange, { first }: MicroversionRange): MicroversionRange | undefined {
  if (one.last && compareMicroversions(one.last, first) < 0) return undefined;
  return compareMicroversions(one.first, first) < 0 ? { ...one, first } : one;
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

export function volumesOf({
  mappings,
}: Server): readonly { readonly id: string; readonly delete_on_termination: boolean }[] {
  return mappings.flatMap(({ volumeId, deleteOnTermination }) =>
    volumeId === null ? [] : [{ id: volumeId, delete_on_termination: deleteOnTermination }],
  );
}

function flavorLink({ call, item: server }: ServerSubject): Json {
  const { id } = server.flavor;
  return { id, links: links(call, `flavors/${id}`).slice(1) };
}

function flavorCopy({ item: server }: ServerSubject): Json {
  const { vcpus, ram, disk, name } = server.flavor;
  return { vcpus, ram, disk, ephemeral: 0, swap: 0, original_name: name, extra_specs: {} };
}

function imageLink({ call, item: server }: ServerSubject): Json {
  const id = server.imageId;
  if (id === null) return '';
  const link = { id, links: links(call, `images/${id}`).slice(1) };
  return call.at.minor >= 98 ? { ...link, properties: {} } : link;
}

/** Shown to administrators only. */
function restricted(name: string, value: Value, versions?: string): Field<ServerSubject> {
  return { ...field(name, value, versions), isOpenTo: ({ call }) => call.caller.roles.has('admin') };
}

function field(name: string, value: Value, versions?: string): Field<ServerSubject> {
  const shown: MicroversionRange | undefined = versions === undefined ? undefined : range(versions);
  return shown ? { name, value, range: shown } : { name, value };
}
