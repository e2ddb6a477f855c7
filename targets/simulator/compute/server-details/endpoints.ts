/**
 * What can be read of a server apart from its details: addresses, security groups, password, diagnostics, topology.
 *
 * Read from ips.inc, server-security-groups.inc, os-server-password.inc, diagnostics.inc, server-topology.inc and
 * os-virtual-interfaces.inc, and from the history of the API at 2.48 and 2.78.
 */

import { range } from '../../../../src/microversion.ts';
import { type Endpoint, query, unreadQuery } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import type { JsonObject } from '../../kernel/http.ts';
import { badRequest, notFound } from '../../kernel/refusal.ts';
import { collectionOf, foundServer, ofServer, policyOn } from '../below-server.ts';
import type { ComputeCall } from '../call.ts';
import { portsOf, securityGroups } from '../networks/networks.ts';
import { anyState, hostless, permitting, unknownServer, wrongState } from '../on-server.ts';
import { isAllowed } from '../policy.ts';
import { computeEndpoint } from '../compute-endpoint.ts';
import { removedSince } from '../removed/removed-since.ts';
import { addressesBy } from '../servers/addresses.ts';
import type { Server } from '../state.ts';
import { stableId } from './stable-id.ts';

interface OfServer {
  readonly call: ComputeCall;
  readonly item: Server;
}

const reading = {
  method: 'GET' as const,
  query: query({}, '2.102-'),
  states: anyState,
  lookups: ofServer,
  result: foundServer,
  success: [{ status: 200, content: 'item' as const }],
};

const listAddresses = computeEndpoint('compute/list-ips', {
  ...reading,
  path: collectionOf('ips'),
  policy: policyOn('ips:index'),
  checks: ['query', 'server', 'role'],
  refusals: { server: unknownServer },
  response: { fields: [{ name: 'addresses', value: ({ call, item }) => addresses(call, item) }] },
});

const showAddresses = computeEndpoint('compute/show-ip-details', {
  ...reading,
  path: collectionOf('ips/:network_label'),
  policy: policyOn('ips:show'),
  checks: ['query', 'server', 'role', 'label'],
  refusals: {
    server: unknownServer,
    label: ({ call, found: { server } }) =>
      server && Object.hasOwn(addresses(call, server), labelIn(call))
        ? undefined
        : notFound('Instance is not a member of specified network'),
  },
  response: {
    fields: [],
    others: ({ call, item }) => ({ [labelIn(call)]: addresses(call, item)[labelIn(call)] ?? [] }),
  },
});

const listSecurityGroups = computeEndpoint('compute/list-security-groups-by-server', {
  ...reading,
  path: collectionOf('os-security-groups'),
  policy: policyOn('os-security-groups:list'),
  checks: ['query', 'server', 'role'],
  refusals: { server: unknownServer },
  response: { fields: [{ name: 'security_groups', value: ({ call, item }) => groups(call, item) }] },
});

const showPassword = computeEndpoint('compute/show-server-password', {
  ...reading,
  path: collectionOf('os-server-password'),
  policy: policyOn('os-server-password:show'),
  checks: ['query', 'server', 'role'],
  refusals: { server: unknownServer },
  response: { fields: [{ name: 'password', value: ({ item }) => item.encryptedPassword }] },
});

const clearPassword = computeEndpoint('compute/clear-admin-password', {
  method: 'DELETE',
  path: collectionOf('os-server-password'),
  query: unreadQuery,
  policy: policyOn('os-server-password:clear'),
  states: anyState,
  lookups: ofServer,
  checks: ['query', 'server', 'role'],
  refusals: { server: unknownServer },
  result: foundServer,
  effect: (_, server) => {
    server.encryptedPassword = '';
  },
  success: [{ status: 204, content: 'none' }],
});

/** Before 2.48 each hypervisor had its own members. */
const formerly = range('2.1-2.47');
const since = range('2.48-');

const diagnosticFields: readonly Field<OfServer>[] = [
  { name: 'cpu0_time', range: formerly, value: () => 17_300_000_000 },
  { name: 'memory', range: formerly, value: ({ item }) => item.flavor.ram * 1024 },
  { name: 'vda_read', range: formerly, value: () => 262_144 },
  { name: 'vda_read_req', range: formerly, value: () => 112 },
  { name: 'vda_write', range: formerly, value: () => 5_778_432 },
  { name: 'vda_write_req', range: formerly, value: () => 488 },
  { name: 'vda_errors', range: formerly, value: () => -1 },
  { name: 'vnet1_rx', range: formerly, value: () => 2_070_139 },
  { name: 'vnet1_rx_drop', range: formerly, value: () => 0 },
  { name: 'vnet1_rx_errors', range: formerly, value: () => 0 },
  { name: 'vnet1_rx_packets', range: formerly, value: () => 26_701 },
  { name: 'vnet1_tx', range: formerly, value: () => 140_208 },
  { name: 'vnet1_tx_drop', range: formerly, value: () => 0 },
  { name: 'vnet1_tx_errors', range: formerly, value: () => 0 },
  { name: 'vnet1_tx_packets', range: formerly, value: () => 662 },
  { name: 'state', range: since, value: () => 'running' },
  { name: 'driver', range: since, value: () => 'libvirt' },
  { name: 'hypervisor', range: since, value: () => 'qemu' },
  { name: 'hypervisor_os', range: since, value: () => 'linux' },
  { name: 'uptime', range: since, value: ({ call, item }) => seconds(call, item) },
  { name: 'config_drive', range: since, value: ({ item }) => item.hasConfigDrive },
  { name: 'num_cpus', range: since, value: ({ item }) => item.flavor.vcpus },
  { name: 'num_nics', range: since, value: ({ call, item }) => portsOf(call, item).length },
  { name: 'num_disks', range: since, value: ({ item }) => item.mappings.length },
  {
    name: 'cpu_details',
    range: since,
    value: ({ item }) =>
      Array.from({ length: item.flavor.vcpus }, (_, id) => ({ id, time: 17_300_000_000, utilisation: 15 })),
  },
  {
    name: 'disk_details',
    range: since,
    value: ({ item }) =>
      item.mappings.map(() => ({
        read_bytes: 262_144,
        read_requests: 112,
        write_bytes: 5_778_432,
        write_requests: 488,
        errors_count: 0,
      })),
  },
  {
    name: 'memory_details',
    range: since,
    value: ({ item }) => ({ maximum: item.flavor.ram, used: Math.floor(item.flavor.ram / 2) }),
  },
  {
    name: 'nic_details',
    range: since,
    value: ({ call, item }) =>
      portsOf(call, item).map(({ mac }) => ({
        mac_address: mac,
        rx_octets: 2_070_139,
        rx_errors: 0,
        rx_drop: 0,
        rx_packets: 26_701,
        rx_rate: 300,
        tx_octets: 140_208,
        tx_errors: 0,
        tx_drop: 0,
        tx_packets: 662,
        tx_rate: 600,
      })),
  },
];

const showDiagnostics = computeEndpoint('compute/show-server-diagnostics', {
  ...reading,
  path: collectionOf('diagnostics'),
  policy: policyOn('os-server-diagnostics'),
  // Those in which its hypervisor runs it.
  states: permitting('active', 'paused', 'suspended', 'rescued', 'resized', 'error'),
  checks: ['query', 'server', 'role', 'host', 'state'],
  refusals: { server: unknownServer, host: hostless, state: wrongState('get_diagnostics', 'any') },
  response: { fields: diagnosticFields },
});

const showTopology = computeEndpoint('compute/show-server-topology', {
  ...reading,
  path: collectionOf('topology'),
  range: range('2.78-'),
  policy: policyOn('compute:server:topology:index'),
  checks: ['query', 'server', 'role'],
  refusals: { server: unknownServer },
  response: {
    fields: [
      { name: 'nodes', value: ({ call, item }) => [node(call, item)] },
      { name: 'pagesize_kb', value: () => 4 },
    ],
  },
});

/** With a separate network service there is nothing to list. */
const listVirtualInterfaces = computeEndpoint('compute/list-virtual-interfaces', {
  ...reading,
  path: collectionOf('os-virtual-interfaces'),
  range: range('2.1-2.43'),
  policy: policyOn('os-virtual-interfaces'),
  checks: ['removed', 'query', 'server', 'role', 'supported'],
  refusals: {
    server: unknownServer,
    removed: removedSince('2.65'),
    supported: () => badRequest('Listing virtual interfaces is not supported by this cloud.'),
  },
  response: { fields: [] },
});

export const serverDetailEndpoints: readonly Endpoint[] = [
  listAddresses,
  showAddresses,
  listSecurityGroups,
  showPassword,
  clearPassword,
  showDiagnostics,
  showTopology,
  listVirtualInterfaces,
];

function labelIn({ params }: ComputeCall): string {
  return params.network_label ?? '';
}

function addresses(call: ComputeCall, server: Server): Readonly<Record<string, readonly JsonObject[]>> {
  return addressesBy(call, server, (addr) => ({ version: 4, addr }));
}

/** A server without ports has none. */
function groups(call: ComputeCall, server: Server): readonly JsonObject[] {
  if (portsOf(call, server).length === 0) return [];
  const { projectId } = server;
  const own = [...securityGroups(call.cloud.compute)].filter((one) => one.projectId === projectId);
  return [...server.securityGroups].sort().map((name) => ({
    id: own.find((one) => one.name === name)?.id ?? stableId(`${projectId} ${name}`),
    name,
    description: '',
    rules: [],
    tenant_id: projectId,
  }));
}

function seconds({ cloud }: ComputeCall, { launchedAt }: Server): number {
  return launchedAt ? Math.floor((cloud.now().getTime() - launchedAt.getTime()) / 1000) : 0;
}

/** Which part of the host it is on is for administrators. */
function node(call: ComputeCall, { flavor }: Server): JsonObject {
  const vcpus = Array.from({ length: flavor.vcpus }, (_, index) => index);
  return {
    memory_mb: flavor.ram,
    siblings: [],
    vcpu_set: vcpus,
    ...(seesHost(call) && { host_node: 0, cpu_pinning: {} }),
  };
}

function seesHost({ cloud, caller }: ComputeCall): boolean {
  return isAllowed(cloud, caller, 'compute:server:topology:host:index', undefined);
}
