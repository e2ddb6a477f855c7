/**
 * Limits, quotas and availability zones.
 *
 * Read from limits.inc, os-quota-sets.inc and os-availability-zone.inc, and from the history of the API at 2.36, 2.39,
 * 2.57 and 2.75.
 */

import { range } from '../../../../src/microversion.ts';
import { type Endpoint, query, type Shown } from '../../kernel/endpoint.ts';
import { type Field, represent, within } from '../../kernel/fields.ts';
import type { ComputeCall } from '../call.ts';
import { policyRefusal } from '../policy.ts';
import { computeEndpoint } from '../compute-endpoint.ts';
import { groupsOfProject } from '../server-groups/groups.ts';

interface Usage {
  readonly servers: number;
  readonly cores: number;
  readonly ram: number;
  readonly serverGroups: number;
  readonly maxServers: number;
  readonly maxCores: number;
  readonly maxServerGroups: number;
  readonly maxServerGroupMembers: number;
}

const withFiles = range('2.1-2.56');
const withNetworks = range('2.1-2.35');

const limitFields: readonly Field<Usage>[] = [
  { name: 'maxTotalCores', value: ({ maxCores }) => maxCores },
  { name: 'maxPersonality', range: withFiles, value: () => 5 },
  { name: 'maxPersonalitySize', range: withFiles, value: () => 10_240 },
  { name: 'maxTotalInstances', value: ({ maxServers }) => maxServers },
  { name: 'maxTotalKeypairs', value: () => -1 },
  { name: 'maxServerMeta', value: () => 128 },
  { name: 'maxImageMeta', range: range('2.1-2.38'), value: () => 128 },
  { name: 'maxTotalRAMSize', value: () => -1 },
  { name: 'maxServerGroups', value: ({ maxServerGroups }) => maxServerGroups },
  { name: 'maxServerGroupMembers', value: ({ maxServerGroupMembers }) => maxServerGroupMembers },
  { name: 'maxTotalFloatingIps', range: withNetworks, value: () => -1 },
  { name: 'maxSecurityGroups', range: withNetworks, value: () => -1 },
  { name: 'maxSecurityGroupRules', range: withNetworks, value: () => -1 },
  { name: 'totalRAMUsed', value: ({ ram }) => ram },
  { name: 'totalCoresUsed', value: ({ cores }) => cores },
  { name: 'totalInstancesUsed', value: ({ servers }) => servers },
  { name: 'totalFloatingIpsUsed', range: withNetworks, value: () => 0 },
  { name: 'totalSecurityGroupsUsed', range: withNetworks, value: () => 0 },
  { name: 'totalServerGroupsUsed', value: ({ serverGroups }) => serverGroups },
];

const quotaFields: readonly Field<Usage>[] = [
  { name: 'cores', value: ({ maxCores }) => maxCores },
  { name: 'fixed_ips', range: withNetworks, value: () => -1 },
  { name: 'floating_ips', range: withNetworks, value: () => -1 },
  { name: 'injected_file_content_bytes', range: withFiles, value: () => 10_240 },
  { name: 'injected_file_path_bytes', range: withFiles, value: () => 255 },
  { name: 'injected_files', range: withFiles, value: () => 5 },
  { name: 'instances', value: ({ maxServers }) => maxServers },
  { name: 'key_pairs', value: () => -1 },
  { name: 'metadata_items', value: () => 128 },
  { name: 'ram', value: () => -1 },
  { name: 'security_group_rules', range: withNetworks, value: () => -1 },
  { name: 'security_groups', range: withNetworks, value: () => -1 },
  { name: 'server_group_members', value: ({ maxServerGroupMembers }) => maxServerGroupMembers },
  { name: 'server_groups', value: ({ maxServerGroups }) => maxServerGroups },
];

/** Limits of the caller's project, or of another one for administrators. */
const showLimits = computeEndpoint('compute/show-rate-and-absolute-limits', {
  method: 'GET',
  path: '/limits',
  query: query({ reserved: { types: ['string'] }, tenant_id: { types: ['string'] } }, '2.75-'),
  policy: { rule: 'limits' },
  checks: ['query', 'role', 'role-other-project'],
  refusals: {
    'role-other-project': ({ call: { cloud, caller }, query: { tenant_id: other } }) =>
      other === undefined ? undefined : policyRefusal(cloud, caller, 'limits:other_project', undefined),
  },
  result: ({ call, query: { tenant_id: other } }) => usage(call, other ?? call.caller.projectId),
  success: [{ status: 200, content: 'item' }],
  response: {
    fields: [
      {
        name: 'limits',
        value: ({ call, item: used }) => ({ rate: [], absolute: represent(limitFields, used, call.at) }),
      },
    ],
  },
});

const target = '/os-quota-sets/:tenant_id';
const tenantOf = ({ params }: ComputeCall): string => params.tenant_id ?? '';
const quotaQuery = query({ user_id: { types: ['string'] } }, '2.75-');

const showQuotas = computeEndpoint('compute/show-a-quota', {
  method: 'GET',
  path: target,
  query: quotaQuery,
  policy: { rule: 'os-quota-sets:show', project: ({ call }) => tenantOf(call) },
  checks: ['query', 'role'],
  result: ({ call }) => usage(call, tenantOf(call)),
  success: [{ status: 200, content: 'item' }],
  response: {
    envelope: 'quota_set',
    fields: [
      { name: 'id', value: ({ call }) => tenantOf(call) },
      ...quotaFields.map((field) => within(field, ({ item }: Shown<ComputeCall, Usage>) => item)),
    ],
  },
});

const inUse: Readonly<Record<string, (used: Usage) => number>> = {
  instances: ({ servers }) => servers,
  cores: ({ cores }) => cores,
  ram: ({ ram }) => ram,
  server_groups: ({ serverGroups }) => serverGroups,
};

const showQuotasInDetail = computeEndpoint('compute/show-the-detail-of-quota', {
  method: 'GET',
  path: `${target}/detail`,
  query: quotaQuery,
  policy: { rule: 'os-quota-sets:detail', project: ({ call }) => tenantOf(call) },
  checks: ['query', 'role'],
  result: ({ call }) => usage(call, tenantOf(call)),
  success: [{ status: 200, content: 'item' }],
  response: {
    envelope: 'quota_set',
    fields: [
      { name: 'id', value: ({ call }) => tenantOf(call) },
      ...quotaFields.map((field): Field<Shown<ComputeCall, Usage>> => ({
        ...within(field, ({ item }: Shown<ComputeCall, Usage>) => item),
        value: ({ item: used }) => ({
          limit: field.value(used) ?? null,
          in_use: inUse[field.name]?.(used) ?? 0,
          reserved: 0,
        }),
      })),
    ],
  },
});

const listZones = computeEndpoint('compute/get-availability-zone-information', {
  method: 'GET',
  path: '/os-availability-zone',
  query: query({}, '2.102-'),
  policy: { rule: 'os-availability-zone:list' },
  checks: ['query', 'role'],
  listing: {
    noun: 'zones',
    rows: ({ cloud }) => cloud.settings.offer.zones.compute,
    page: (_, zones: readonly string[]) => zones,
  },
  success: [{ status: 200, content: 'item' }],
  response: {
    envelope: 'availabilityZoneInfo',
    fields: [
      { name: 'zoneName', value: ({ item: zone }) => zone },
      { name: 'zoneState', value: () => ({ available: true }) },
      { name: 'hosts', value: () => null },
    ],
  },
});

export const usageEndpoints: readonly Endpoint[] = [showLimits, showQuotas, showQuotasInDetail, listZones];

function usage({ cloud }: ComputeCall, projectId: string | undefined): Usage {
  const { quotas } = cloud.settings;
  const own = [...cloud.compute.servers.values()].filter((server) => server.projectId === projectId);
  return {
    servers: own.length,
    cores: own.reduce((sum, { flavor }) => sum + flavor.vcpus, 0),
    ram: own.reduce((sum, { flavor }) => sum + flavor.ram, 0),
    serverGroups: groupsOfProject(cloud.compute, projectId).length,
    maxServers: quotas.servers,
    maxCores: quotas.cores,
    maxServerGroups: quotas.serverGroups,
    maxServerGroupMembers: quotas.serverGroupMembers,
  };
}
