/**
 * The filters, the order and the pages of lists of servers.
 */

import { includes, range } from '../../../../src/microversion.ts';
import { isOpen, type QueryRules, query, type Subject } from '../../kernel/endpoint.ts';
import { badRequest, type Refusal } from '../../kernel/refusal.ts';
import { matches, type Property } from '../../kernel/shape.ts';
import type { ComputeCall } from '../call.ts';
import { portsOf } from '../networks/networks.ts';
import { limitOf, nextPage } from '../paging.ts';
import { policyRefusal } from '../policy.ts';
import type { Server } from '../state.ts';
import { statuses, statusOf } from './status.ts';
import { rootDeviceName } from './boot-disks.ts';

type Listed = Subject<ComputeCall, unknown>;

interface Filter {
  /** Whether anyone may use it, from a microversion on; administrators only when missing. */
  readonly open?: string;
  readonly keeps: (server: Server, value: string, call: ComputeCall) => boolean;
}

const equal =
  (of: (server: Server) => string | null): Filter['keeps'] =>
  (server, value) =>
    of(server) === value;

/** Matched as a regular expression; an invalid one matches nothing. */
const matching =
  (of: (server: Server) => string | null): Filter['keeps'] =>
  (server, value) => {
    try {
      return matches(value, of(server) ?? '');
    } catch {
      return false;
    }
  };

const at =
  (of: (server: Server) => Date | null): Filter['keeps'] =>
  (server, value) =>
    of(server)?.toISOString().slice(0, 19) === value.slice(0, 19);

const filters: Readonly<Record<string, Filter>> = {
  name: { open: '2.1-', keeps: matching(({ name }) => name) },
  status: { open: '2.1-', keeps: (server, value) => statusOf(server) === value.toUpperCase() },
  image: { open: '2.1-', keeps: equal(({ imageId }) => imageId) },
  flavor: { open: '2.1-', keeps: equal(({ flavor }) => flavor.id) },
  reservation_id: { open: '2.1-', keeps: equal(({ reservationId }) => reservationId) },
  ip: { open: '2.1-', keeps: (server, value, call) => hasAddress(server, value, call) },
  'changes-since': { open: '2.1-', keeps: ({ updatedAt }, value) => updatedAt.getTime() >= Date.parse(value) },
  'changes-before': { open: '2.66-', keeps: ({ updatedAt }, value) => updatedAt.getTime() <= Date.parse(value) },
  locked: { open: '2.73-', keeps: ({ lockedBy }, value) => (lockedBy !== null) === parsedFlag(value) },
  tags: { open: '2.26-', keeps: ({ tags }, value) => value.split(',').every((tag) => tags.includes(tag)) },
  'tags-any': { open: '2.26-', keeps: ({ tags }, value) => value.split(',').some((tag) => tags.includes(tag)) },
  'not-tags': { open: '2.26-', keeps: ({ tags }, value) => !value.split(',').every((tag) => tags.includes(tag)) },
  'not-tags-any': { open: '2.26-', keeps: ({ tags }, value) => !value.split(',').some((tag) => tags.includes(tag)) },
  availability_zone: { open: '2.83-', keeps: equal(({ zone }) => zone) },
  vm_state: { open: '2.83-', keeps: equal(({ vmState }) => vmState) },
  task_state: { open: '2.83-', keeps: equal(({ taskState }) => taskState) },
  power_state: { open: '2.83-', keeps: equal(({ powerState }) => String(powerState)) },
  user_id: { open: '2.83-', keeps: equal(({ userId }) => userId) },
  key_name: { open: '2.83-', keeps: () => false },
  progress: { open: '2.83-', keeps: (_, value) => value === '0' },
  config_drive: { open: '2.83-', keeps: ({ hasConfigDrive }, value) => hasConfigDrive === parsedFlag(value) },
  created_at: { open: '2.83-', keeps: at(({ createdAt }) => createdAt) },
  launched_at: { open: '2.83-', keeps: at(({ launchedAt }) => launchedAt) },
  terminated_at: { open: '2.83-', keeps: at(({ terminatedAt }) => terminatedAt) },
  ip6: { open: '2.5-', keeps: (server, value, call) => hasAddress(server, value, call) },
  kernel_id: { keeps: (_, value) => value === '' },
  ramdisk_id: { keeps: (_, value) => value === '' },
  display_description: { keeps: matching(({ description }) => description) },
  access_ip_v4: { keeps: equal(({ accessIPv4 }) => accessIPv4) },
  access_ip_v6: { keeps: equal(({ accessIPv6 }) => accessIPv6) },
  auto_disk_config: { keeps: equal(({ diskConfig }) => diskConfig) },
  display_name: { keeps: matching(({ name }) => name) },
  image_ref: { keeps: equal(({ imageId }) => imageId) },
  launch_index: { keeps: equal(({ launchIndex }) => String(launchIndex)) },
  node: { keeps: equal(({ host }) => host) },
  root_device_name: { keeps: equal(rootDeviceName) },
  host: { keeps: equal(({ host }) => host) },
  hostname: { open: '2.90-', keeps: matching(({ hostname }) => hostname) },
  uuid: { keeps: equal(({ id }) => id) },
  project_id: { keeps: equal(({ projectId }) => projectId) },
  tenant_id: { keeps: equal(({ projectId }) => projectId) },
  description: { keeps: matching(({ description }) => description) },
  locked_by: { keeps: equal(({ lockedBy }) => lockedBy) },
};

const text: Property = { types: ['string'] };
const moment: Property = {
  types: ['string'],
  pattern: '^\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2})?)?$',
};

const sortKeys: Readonly<Record<string, (server: Server) => string | number>> = {
  access_ip_v4: ({ accessIPv4 }) => accessIPv4,
  access_ip_v6: ({ accessIPv6 }) => accessIPv6,
  auto_disk_config: ({ diskConfig }) => diskConfig,
  availability_zone: ({ zone }) => zone,
  config_drive: ({ hasConfigDrive }) => Number(hasConfigDrive),
  created_at: ({ createdAt }) => createdAt.getTime(),
  display_description: ({ description }) => description ?? '',
  display_name: ({ name }) => name,
  host: ({ host }) => host ?? '',
  hostname: ({ hostname }) => hostname,
  image_ref: ({ imageId }) => imageId ?? '',
  instance_type_id: ({ flavor }) => flavor.id,
  kernel_id: () => '',
  key_name: () => '',
  launch_index: ({ launchIndex }) => launchIndex,
  launched_at: ({ launchedAt }) => launchedAt?.getTime() ?? 0,
  locked_by: ({ lockedBy }) => lockedBy ?? '',
  node: ({ host }) => host ?? '',
  power_state: ({ powerState }) => powerState,
  progress: () => 0,
  project_id: ({ projectId }) => projectId,
  ramdisk_id: () => '',
  root_device_name: () => '',
  task_state: ({ taskState }) => taskState ?? '',
  terminated_at: ({ terminatedAt }) => terminatedAt?.getTime() ?? 0,
  updated_at: ({ updatedAt }) => updatedAt.getTime(),
  user_id: ({ userId }) => userId,
  uuid: ({ id }) => id,
  vm_state: ({ vmState }) => vmState,
  locked: ({ lockedBy }) => Number(lockedBy !== null),
};

const formerSortKeys = Object.keys(sortKeys).filter((name) => name !== 'locked');

export const selectionQuery: QueryRules = query(
  {
    ...Object.fromEntries(Object.keys(filters).map((name) => [name, text])),
    ...Object.fromEntries(
      ['tags', 'tags-any', 'not-tags', 'not-tags-any'].map((name) => [name, { ...text, range: range('2.26-') }]),
    ),
    'changes-since': moment,
    'changes-before': { ...moment, range: range('2.66-') },
    locked: {
      types: ['string'],
      range: range('2.73-'),
      pattern: '^(1|[tT]|[tT]rue|TRUE|[oO]n|ON|[yY]|[yY]es|YES|0|[fF]|[fF]alse|FALSE|[oO]ff|OFF|[nN]|[nN]o|NO)$',
    },
    limit: { types: ['string'], pattern: '^[0-9]*$', minLength: 1 },
    marker: text,
    sort_key: {
      types: ['string'],
      enum: formerSortKeys,
      enumAt: [{ range: range('2.73-'), values: ['locked'] }],
    },
    sort_dir: { types: ['string'], enum: ['asc', 'desc'] },
    all_tenants: text,
    deleted: text,
    soft_deleted: text,
  },
  '2.75-',
);

/** From 2.38 on an unknown status is refused. */
export const selectionGates = { 'known-status': range('2.38-') };

export const selectionChecks = [
  'query',
  'role',
  'all-projects',
  'role-all-projects',
  'status',
  'sort-role',
  'period',
  'marker',
];

export function selectionRefusals(rule: string): Readonly<Record<string, (subject: Listed) => Refusal | undefined>> {
  return {
    'all-projects': ({ query: { all_tenants: value = '' } }) =>
      value === '' || parsedFlag(value) !== undefined
        ? undefined
        : badRequest(`Invalid value '${value}' of all_tenants`),
    'role-all-projects': (subject) =>
      isEverywhere(subject)
        ? policyRefusal(subject.call.cloud, subject.call.caller, `${rule}:get_all_tenants`, undefined)
        : undefined,
    status: ({ call, rules, query: { status } }) =>
      status === undefined || statuses.has(status.toUpperCase()) || !isOpen(rules, 'known-status', call.at)
        ? undefined
        : badRequest('Invalid status value'),
    'sort-role': ({ call: { cloud, caller }, query: { sort_key: key } }) =>
      key === 'host' || key === 'node'
        ? policyRefusal(cloud, caller, 'servers:allow_all_filters', undefined)
        : undefined,
    period: ({ query: { 'changes-since': since, 'changes-before': before } }) =>
      since !== undefined && before !== undefined && Date.parse(since) > Date.parse(before)
        ? badRequest('The value of changes-since must be less than or equal to changes-before.')
        : undefined,
    marker: ({ call, query: { marker } }) =>
      marker === undefined || rowsOf(call).some(({ id }) => id === marker)
        ? undefined
        : badRequest(`marker [${marker}] not found`),
  };
}

/** Deleted servers are listed for changes since a time, and for administrators who ask. */
export function isSelected(subject: Listed, server: Server): boolean {
  const { call, rules, query: asked } = subject;
  const isAdmin = call.caller.roles.has('admin');
  if (!isEverywhere(subject) && server.projectId !== call.caller.projectId) return false;
  const wantsDeleted = isAdmin && asked.deleted !== undefined && parsedFlag(asked.deleted) === true;
  const isDeleted = !call.cloud.compute.servers.has(server.id);
  if (wantsDeleted ? !isDeleted : isDeleted && asked['changes-since'] === undefined) return false;
  return Object.entries(filters).every(([name, { open, keeps }]) => {
    const value = asked[name];
    if (value === undefined) return true;
    const versions = rules.query.properties[name]?.range;
    const applies = (isAdmin || isOpenAt(open, call)) && (!versions || includes(versions, call.at));
    return !applies || keeps(server, value, call);
  });
}

export function selectedPage({ call, query: asked }: Listed, servers: readonly Server[]): readonly Server[] {
  const { sort_key: key = 'created_at', sort_dir: direction = 'desc', marker } = asked;
  const of = sortKeys[key] ?? (() => 0);
  const sign = direction === 'asc' ? 1 : -1;
  const ordered = servers
    .map((server, index) => ({ server, index }))
    .sort((one, other) => sign * (compared(of(one.server), of(other.server)) || one.index - other.index))
    .map(({ server }) => server);
  const start = marker === undefined ? 0 : ordered.findIndex(({ id }) => id === marker) + 1;
  return ordered.slice(start, start + limitOf(call, asked.limit));
}

export const nextServers = nextPage('servers_links', ({ id }: Server) => id);

/** In the order of their creation; deleted ones too. */
export function rowsOf({ cloud }: ComputeCall): readonly Server[] {
  return [...cloud.compute.deletedServers.values(), ...cloud.compute.servers.values()];
}

function isEverywhere({ query: { all_tenants: value } }: Listed): boolean {
  return value !== undefined && (value === '' || parsedFlag(value) === true);
}

/** Undefined for a text that is neither. */
function parsedFlag(value: string): boolean | undefined {
  const word = value.toLowerCase();
  if (['1', 't', 'true', 'on', 'y', 'yes'].includes(word)) return true;
  return ['0', 'f', 'false', 'off', 'n', 'no'].includes(word) ? false : undefined;
}

function isOpenAt(versions: string | undefined, { at: now }: ComputeCall): boolean {
  return versions !== undefined && includes(range(versions), now);
}

function hasAddress(server: Server, pattern: string, call: ComputeCall): boolean {
  return portsOf(call, server).some(({ addresses }) => addresses.some((one) => one.startsWith(pattern)));
}

function compared(one: string | number, other: string | number): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
