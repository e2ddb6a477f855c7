/** The creation of a server, declared once. */
import { sentValue } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { bodyOf, expectResponse, respondedWith, type Checked } from '../../../src/clauses/matchers.ts';
import { operation, type NotCompleted, type OperationDeclaration } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import { atPointer, jsonList, jsonText, type Json } from '../../../src/json.ts';
import { formatMicroversion, isSince } from '../../../src/microversion.ts';
import type { Place } from '../../../src/resources/declared-change.ts';
import { volume } from '../../block-storage/volume.ts';
import { port } from '../../network/port.ts';
import { server } from '../resource-types/server.ts';
import { serverGroup } from '../resource-types/server-group.ts';
import { isSettled, serverStatus } from '../resource-types/show-server.ts';
import { allowed, forbiddenSince27 } from '../rules/roles.ts';
import { control, observeServer } from '../rules/refusal.ts';
import { observeNamed } from './listed.ts';
import { listed } from './lists.ts';

export const creating = section('server-lifecycle.inc', 'Created servers');

/** A created server that has booted. */
export interface Booted {
  readonly shown: Exchange;
}

const combined = 'Requests with block devices and networks of their own have written clauses.';
const hint = 'Whether a scheduler knows the hint depends on its filters.';
const diskMembers = [
  'boot_index',
  'delete_on_termination',
  'destination_type',
  'device_name',
  'device_type',
  'disk_bus',
];
const moreDiskMembers = ['guest_format', 'no_device', 'source_type', 'uuid', 'volume_size', 'tag', 'volume_type'];
const olderDiskMembers = ['connection_info', 'image_id', 'snapshot_id', 'volume_id'];
const disks = [...diskMembers, ...moreDiskMembers, ...olderDiskMembers];
const idMembers = ['uuid', 'image_id', 'snapshot_id', 'volume_id'];
const hints = ['build_near_host_ip', 'cidr', 'different_cell', 'different_host', 'group', 'query', 'target_cell'];

function reasons(pointers: readonly string[], reason: string): Readonly<Record<string, string>> {
  return Object.fromEntries(pointers.map((pointer) => [pointer, reason]));
}

/** Its optional members that have a place of their own among the values, and name no resource. */
const values: readonly Place[] = [
  ...['name', 'accessIPv4', 'accessIPv6', 'adminPass', 'availability_zone', 'config_drive', 'key_name', 'metadata/*'],
  ...['OS-DCF:diskConfig', 'personality', 'personality/*/path', 'personality/*/contents', 'security_groups'],
  ...['security_groups/*/name', 'user_data', 'description', 'hostname', 'tags', 'tags/*'],
  ...['trusted_image_certificates', 'trusted_image_certificates/*', 'host', 'hypervisor_hostname'],
  // `none` or `auto`.
  ...['networks', 'networks/*/tag', 'networks/*/fixed_ip', 'block_device_mapping', 'block_device_mapping_v2'],
  ...disks.filter((name) => !idMembers.includes(name)).map((name) => `block_device_mapping_v2/*/${name}`),
]
  .map((name): Place => `body /server/${name}`)
  .concat(
    ['build_near_host_ip', 'cidr', 'different_cell', 'query', 'target_cell'].map(
      (name): Place => `body /os:scheduler_hints/${name}`,
    ),
  );

/** What the creation of one server and that of several have in common. */
const creation = {
  call: 'POST /servers',
  caller: 'member',
  resources: {},
  creates: {
    type: server.type,
    ...{ name: '/server/name', id: '/server/id', counts: ['/server/min_count', '/server/max_count'] },
  },
  refers: {
    // A server changes neither its flavor nor its image.
    'body /server/flavorRef': { to: { type: 'flavor' }, or: 'anything' },
    'body /server/imageRef': { to: { type: 'image', ids: 'uuid' }, or: 'fixture' },
    'body /server/networks/*/uuid': { to: { type: 'network', ids: 'uuid' }, or: 'fixture' },
    'body /server/networks/*/port': { to: port },
    'body /server/block_device_mapping_v2/*/uuid': { to: volume },
    'body /server/block_device_mapping_v2/*/volume_id': { to: volume },
    'body /server/block_device_mapping_v2/*/image_id': { to: { type: 'image', ids: 'uuid' }, or: 'fixture' },
    'body /server/block_device_mapping_v2/*/snapshot_id': { to: { type: 'snapshot', ids: 'uuid' } },
    'body /os:scheduler_hints/group': { to: serverGroup },
    'body /OS-SCH-HNT:scheduler_hints/group': { to: serverGroup },
    'body /os:scheduler_hints/different_host': { to: server },
    'body /os:scheduler_hints/same_host': { to: server },
    'body /OS-SCH-HNT:scheduler_hints/same_host': { to: server },
  },
  values,
  roles: {
    member: allowed(creating('A member of the project may create servers.')),
    reader: forbiddenSince27(creating('A reader may not create a server.')),
    service: forbiddenSince27(creating('The service role alone gives no right to create a server.')),
  },
  refusedFirst: ['body before role'],
} as const satisfies Partial<OperationDeclaration>;

export const createServer = operation<Booted>('compute/create-server', {
  ...creation,
  noun: 'A creation of a server',
  // What they name must exist, and user data must be in base64.
  outsideOnly: ['/server/imageRef', '/os:scheduler_hints/group', '/server/user_data'],
  withheld: {
    ...reasons(
      ['uuid', 'port', 'fixed_ip', 'tag'].map((name) => `/server/networks/[]/${name}`),
      combined,
    ),
    ...reasons(
      disks.map((name) => `/server/block_device_mapping_v2/[]/${name}`),
      combined,
    ),
    ...reasons(['/server/block_device_mapping', '/server/block_device_mapping_v2'], combined),
    ...reasons(
      hints.map((name) => `/os:scheduler_hints/${name}`),
      hint,
    ),
    ...reasons(['/OS-SCH-HNT:scheduler_hints/group'], hint),
    ...reasons(['/server/host', '/server/hypervisor_hostname'], 'Only administrators may choose a host.'),
    ...reasons(['/server/trusted_image_certificates'], 'Whether they are trusted depends on the target.'),
  },
  accepted: async (ctx) => ({ resources: {}, ...(await newServer(ctx)), members: await optional(ctx) }),
  rejected: async (ctx) => {
    const { body } = await newServer(ctx);
    const name = jsonText(body['/server/name']) ?? '';
    return {
      ...{ resources: {}, body, members: await optional(ctx) },
      unchanged: () => notCreated(ctx, name),
      makeDirty: () => undefined,
    };
  },
  observe: (ctx, _, response) => booted(ctx, response),
});

/** Two servers, as they are listed. */
export interface BootedServers {
  readonly listed: Exchange;
}

export const createServers = operation<BootedServers>('compute/create-multiple-servers', {
  ...creation,
  noun: 'A creation of several servers',
  // Without a count it would be a creation of one server.
  wrongBody: { server: { min_count: 2, max_count: 2 } },
  values: [...values, 'body /server/min_count', 'body /server/max_count', 'body /server/return_reservation_id'],
  outsideOnly: ['/server/imageRef'],
  accepted: async (ctx) => ({ resources: {}, ...(await twoServers(ctx)), members: await optionalOfSeveral(ctx) }),
  views: {
    'that asks for the reservation': {
      members: ['/reservation_id'],
      accepted: async (ctx) => {
        const { body } = await twoServers(ctx);
        return { resources: {}, body: { ...body, '/server/return_reservation_id': true } };
      },
    },
  },
  rejected: async (ctx) => {
    const { body } = await twoServers(ctx);
    const name = jsonText(body['/server/name']) ?? '';
    return {
      ...{ resources: {}, body, members: await optionalOfSeveral(ctx) },
      unchanged: () => notCreated(ctx, name),
      makeDirty: () => undefined,
    };
  },
  observe: async (ctx, _, response) => {
    const name = jsonText(sentValue(response, '/server/name')) ?? '';
    const listed = (): Promise<Exchange> => observeNamed(ctx, name, formatMicroversion(ctx.microversion));
    const incomplete = await ctx.eventually({
      look: listed,
      until: (seen) => statusesIn(seen).every((status) => status === 'ACTIVE'),
      expected: 'servers that are ACTIVE',
      seen: (last) => statusesIn(last).join(' and ') || 'no server',
      timeoutMs: timeouts.server,
    });
    return incomplete.length > 0 ? { incomplete } : { listed: await listed() };
  },
});

function statusesIn(listed: Checked): readonly string[] {
  return jsonList(atPointer(bodyOf(listed), '/servers')).map((one) => jsonText(atPointer(one, '/status')) ?? 'none');
}

/** The smallest body for two servers. */
async function twoServers(ctx: CheckContext): ReturnType<typeof newServer> {
  const { body } = await newServer(ctx);
  return { body: { ...body, '/server/min_count': 2, '/server/max_count': 2 } };
}

async function optionalOfSeveral(ctx: CheckContext): Promise<Readonly<Record<string, Json>>> {
  const { metadata } = wanted;
  const { id } = await listed(ctx);
  return {
    ...{ '/server/min_count': 2, '/server/max_count': 2, '/server/return_reservation_id': false },
    '/server/imageRef': ctx.run.target.fixtures.image ?? '',
    '/server/metadata': metadata,
    '/os:scheduler_hints': { same_host: id },
    '/OS-SCH-HNT:scheduler_hints': { same_host: id },
  };
}

/** The smallest body: a name of the run, a flavor, an image, and from 2.37 on no network. */
export async function newServer(ctx: CheckContext): Promise<{ readonly body: Readonly<Record<string, Json>> }> {
  const { flavor, image, network } = ctx.run.target.fixtures;
  const name = await ctx.newName(server);
  return {
    body: {
      ...{ '/server/name': name, '/server/flavorRef': flavor ?? '', '/server/imageRef': image ?? '' },
      ...(network !== undefined && { '/server/networks': [{ uuid: network }] }),
      ...(network === undefined && isSince(ctx.microversion, '2.37') && { '/server/networks': 'none' }),
    },
  };
}

export const wanted = {
  accessIPv4: '192.0.2.21',
  accessIPv6: '2001:db8::21',
  adminPass: 'Osc-1-password',
  'OS-DCF:diskConfig': 'AUTO',
  metadata: { 'osc-blue': 'sky' },
  user_data: Buffer.from('#!/bin/sh\n').toString('base64'),
  description: 'osc, created',
  hostname: 'osc-created',
  tags: ['osc-blue', 'osc-green'],
} as const;

/** Values of the optional members, by pointer. */
async function optional(ctx: CheckContext): Promise<Readonly<Record<string, Json>>> {
  const own = await listed(ctx);
  const { network, port_network: usual = network } = ctx.run.target.fixtures;
  const networks = usual === undefined ? [] : [{ uuid: usual }];
  return {
    ...Object.fromEntries(Object.entries(wanted).map(([name, value]) => [`/server/${name}`, value])),
    '/server/imageRef': ctx.run.target.fixtures.image ?? '',
    '/server/config_drive': true,
    '/server/availability_zone': await zoneOf(ctx, own.id),
    '/server/security_groups': [{ name: 'default' }],
    '/server/security_groups/[]/name': 'default',
    ...(isSince(ctx.microversion, '2.37') || networks.length > 0
      ? { '/server/networks': networks.length > 0 ? networks : 'none' }
      : {}),
    '/server/personality': [{ path: '/etc/osc', contents: 'b3Nj' }],
    '/server/personality/[]/path': '/etc/osc',
    '/server/personality/[]/contents': 'b3Nj',
    '/os:scheduler_hints': { same_host: own.id },
    '/os:scheduler_hints/same_host': own.id,
    '/OS-SCH-HNT:scheduler_hints': { same_host: own.id },
    '/OS-SCH-HNT:scheduler_hints/same_host': own.id,
  };
}

/** The zone of a server that runs. */
export async function zoneOf(ctx: CheckContext, id: string): Promise<string> {
  const shown = control(await observeServer(ctx, { id }), 'the availability zone of a server');
  return jsonText(atPointer(bodyOf(shown), '/server/OS-EXT-AZ:availability_zone')) ?? '';
}

/** Waits until the created server runs. */
export async function booted(ctx: CheckContext, response: Exchange): Promise<Booted | NotCompleted> {
  const created = respondedWith(response, 202);
  const id = created && jsonText(atPointer(bodyOf(created), '/server/id'));
  if (id === undefined) return { incomplete: [] };
  const incomplete = await ctx.eventually({
    look: () => observeServer(ctx, { id }),
    until: (seen) => isSettled(seen) && serverStatus(seen) === 'ACTIVE',
    expected: 'a server that is ACTIVE',
    seen: (last) => serverStatus(last) ?? 'no server',
    timeoutMs: timeouts.server,
  });
  return incomplete.length > 0
    ? { incomplete }
    : { shown: await observeServer(ctx, { id }, formatMicroversion(ctx.microversion)) };
}

/** No server of the project has the name. */
async function notCreated(ctx: CheckContext, name: string): Promise<readonly Finding[]> {
  return expectResponse(await observeNamed(ctx, name), 200, (seen) => {
    const found = atPointer(bodyOf(seen), '/servers/0/id');
    return found === undefined
      ? []
      : [{ kind: 'value', exchange: seen.id, pointer: '/servers/0/id', expected: 'no such server', seen: found }];
  });
}
