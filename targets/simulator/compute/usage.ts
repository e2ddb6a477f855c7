/**
 * Limits, quotas and availability zones.
 */

import { range } from '../../../src/microversion.ts';
import { type Field, represent } from '../kernel/fields.ts';
import { json, type Json, type SimResponse } from '../kernel/http.ts';
import type { Route } from '../kernel/router.ts';
import type { ComputeCall, ComputeHandle } from './call.ts';
import { enforce } from './policy.ts';
import { groupsOfProject } from './server-groups/groups.ts';

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

export const usageRoutes: readonly Route<ComputeHandle>[] = [
  {
    operation: 'compute/show-rate-and-absolute-limits',
    method: 'GET',
    path: '/limits',
    handle: { answer: showLimits },
  },
  {
    operation: 'compute/show-a-quota',
    method: 'GET',
    path: '/os-quota-sets/:target_id',
    handle: { answer: showQuotas },
  },
  {
    operation: 'compute/show-the-detail-of-quota',
    method: 'GET',
    path: '/os-quota-sets/:target_id/detail',
    handle: { answer: showQuotasInDetail },
  },
  {
    operation: 'compute/get-availability-zone-information',
    method: 'GET',
    path: '/os-availability-zone',
    handle: { answer: listZones },
  },
];

function showLimits(call: ComputeCall): SimResponse {
  enforce(call.cloud, call.caller, 'limits', undefined);
  return json(200, {
    limits: { rate: [], absolute: represent(limitFields, usage(call, call.caller.projectId), call.at) },
  });
}

function showQuotas(call: ComputeCall): SimResponse {
  const id = call.params.target_id ?? '';
  enforce(call.cloud, call.caller, 'os-quota-sets:show', id);
  return json(200, { quota_set: { id, ...represent(quotaFields, usage(call, id), call.at) } });
}

function showQuotasInDetail(call: ComputeCall): SimResponse {
  const id = call.params.target_id ?? '';
  enforce(call.cloud, call.caller, 'os-quota-sets:detail', id);
  const used = usage(call, id);
  const inUse: Readonly<Record<string, number>> = {
    instances: used.servers,
    cores: used.cores,
    ram: used.ram,
    server_groups: used.serverGroups,
  };
  const shown = Object.entries(represent(quotaFields, used, call.at)).map(([name, limit]): readonly [string, Json] => [
    name,
    { limit, in_use: inUse[name] ?? 0, reserved: 0 },
  ]);
  return json(200, { quota_set: { id, ...Object.fromEntries(shown) } });
}

function listZones(call: ComputeCall): SimResponse {
  enforce(call.cloud, call.caller, 'os-availability-zone:list', undefined);
  const { compute } = call.cloud.settings.offer.zones;
  const zones = compute.map((zoneName) => ({ zoneName, zoneState: { available: true }, hosts: null }));
  return json(200, { availabilityZoneInfo: zones });
}

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
