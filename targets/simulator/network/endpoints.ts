/**
 * The declared endpoints of the network service: networks, ports and security groups, as far as servers use them.
 */

import {
  addFreePort,
  type Network,
  networkOf,
  networks,
  type Port,
  ports,
  type SecurityGroup,
  securityGroups,
} from '../compute/networks/networks.ts';
import { type Endpoint, type Lookup, type Shown, type Subject, unreadQuery } from '../kernel/endpoint.ts';
import type { Field } from '../kernel/fields.ts';
import { textMember } from '../kernel/http.ts';
import { conflict, notFound } from '../kernel/refusal.ts';
import { floatingEndpoints, routerPort, theRouter } from './floating.ts';
import { isOwn, page, textFilters } from './listing.ts';
import { type NetworkCall, networkEndpoint } from './network-endpoint.ts';

const filters = textFilters('name', 'device_id');

const networkFields: readonly Field<Shown<NetworkCall, Network>>[] = [
  { name: 'id', value: ({ item: { id } }) => id },
  { name: 'name', value: ({ item: { name } }) => name },
  { name: 'status', value: () => 'ACTIVE' },
  { name: 'admin_state_up', value: () => true },
  { name: 'subnets', value: ({ item: { subnetId } }) => [subnetId] },
  { name: 'router:external', value: () => false },
  { name: 'shared', value: () => true },
];

const portFields: readonly Field<Shown<NetworkCall, Port>>[] = [
  { name: 'id', value: ({ item: { id } }) => id },
  { name: 'name', value: ({ item: { name } }) => name },
  { name: 'network_id', value: ({ item: { networkId } }) => networkId },
  { name: 'project_id', value: ({ item: { projectId } }) => projectId },
  { name: 'device_id', value: ({ item: { serverId } }) => serverId ?? '' },
  { name: 'mac_address', value: ({ item: { mac } }) => mac },
  { name: 'status', value: ({ item: { serverId } }) => (serverId === null ? 'DOWN' : 'ACTIVE') },
  {
    name: 'fixed_ips',
    value: ({ call, item: { networkId, addresses } }) =>
      addresses.map((address) => ({ subnet_id: networkOf(call, networkId)?.subnetId ?? null, ip_address: address })),
  },
];

const groupFields: readonly Field<Shown<NetworkCall, SecurityGroup>>[] = [
  { name: 'id', value: ({ item: { id } }) => id },
  { name: 'name', value: ({ item: { name } }) => name },
  { name: 'description', value: () => '' },
  { name: 'project_id', value: ({ item: { projectId } }) => projectId },
  { name: 'security_group_rules', value: () => [] },
];

const port: Lookup<NetworkCall, Port> = {
  noun: 'a port',
  id: ({ params }) => params.port_id ?? '',
  matches: ({ id }, wanted) => id === wanted.toLowerCase(),
  rows: ({ cloud }) => ports(cloud.compute),
  sees: isOwn,
};

const group: Lookup<NetworkCall, SecurityGroup> = {
  noun: 'a security group',
  id: ({ params }) => params.security_group_id ?? '',
  matches: ({ id }, wanted) => id === wanted.toLowerCase(),
  rows: ({ cloud }) => securityGroups(cloud.compute),
  sees: isOwn,
};

const listNetworks = networkEndpoint('network/list-networks', {
  method: 'GET',
  path: '/v2.0/networks',
  query: filters,
  policy: { rule: 'get_network' },
  checks: ['role'],
  listing: { noun: 'networks', rows: ({ cloud }: NetworkCall) => networks(cloud.compute), page },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'networks', fields: networkFields },
});

const listPorts = networkEndpoint('network/list-ports', {
  method: 'GET',
  path: '/v2.0/ports',
  query: filters,
  policy: { rule: 'get_port' },
  checks: ['role'],
  listing: {
    noun: 'ports',
    rows: ({ cloud }) => [...ports(cloud.compute), ...[...networks(cloud.compute)].map(routerPort)],
    includes: ({ call, query: { name, device_id: device } }, one) =>
      (isOwn(call, one) || device === theRouter.id) &&
      (name === undefined || one.name === name) &&
      (device === undefined || one.serverId === device),
    page,
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'ports', fields: portFields },
});

const showPort = networkEndpoint('network/show-port', {
  method: 'GET',
  path: '/v2.0/ports/:port_id',
  query: unreadQuery,
  policy: { rule: 'get_port' },
  lookups: { port },
  checks: ['port', 'role'],
  refusals: { port: unknownPort },
  result: ({ found }) => found.port,
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'port', fields: portFields },
});

const createPort = networkEndpoint('network/create-port', {
  method: 'POST',
  path: '/v2.0/ports',
  query: unreadQuery,
  body: { envelope: 'port', shape: { types: ['object'], properties: { port: { types: ['object'] } } } },
  policy: { rule: 'create_port' },
  checks: ['role', 'network'],
  refusals: {
    network: ({ call, wanted }) =>
      networkOf(call, textMember(wanted, 'network_id') ?? '')
        ? undefined
        : notFound(`Network ${textMember(wanted, 'network_id') ?? ''} could not be found.`),
  },
  result: ({ call, wanted }) => {
    const network = networkOf(call, textMember(wanted, 'network_id') ?? '');
    const { projectId = '' } = call.caller;
    return network && addFreePort(call, network, { name: textMember(wanted, 'name') ?? '', projectId });
  },
  success: [{ status: 201, content: 'item' }],
  response: { envelope: 'port', fields: portFields },
});

const deletePort = networkEndpoint('network/delete-port', {
  method: 'DELETE',
  path: '/v2.0/ports/:port_id',
  query: unreadQuery,
  policy: { rule: 'delete_port' },
  lookups: { port },
  checks: ['port', 'role'],
  refusals: { port: unknownPort },
  result: ({ found }) => found.port,
  effect: ({ call: { cloud } }, found) => {
    ports(cloud.compute).remove(found);
  },
  success: [{ status: 204, content: 'none' }],
});

const listGroups = networkEndpoint('network/list-security-groups', {
  method: 'GET',
  path: '/v2.0/security-groups',
  query: filters,
  policy: { rule: 'get_security_group' },
  checks: ['role'],
  listing: {
    noun: 'security groups',
    rows: group.rows,
    includes: ({ call, query: { name } }, one) => isOwn(call, one) && (name === undefined || one.name === name),
    page,
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'security_groups', fields: groupFields },
});

const createGroup = networkEndpoint('network/create-security-group', {
  method: 'POST',
  path: '/v2.0/security-groups',
  query: unreadQuery,
  body: {
    envelope: 'security_group',
    shape: { types: ['object'], properties: { security_group: { types: ['object'] } } },
  },
  policy: { rule: 'create_security_group' },
  checks: ['role'],
  result: ({ call: { cloud, caller }, wanted }) => {
    const created = { id: cloud.newId(), name: textMember(wanted, 'name') ?? '', projectId: caller.projectId ?? '' };
    securityGroups(cloud.compute).add(created);
    return created;
  },
  success: [{ status: 201, content: 'item' }],
  response: { envelope: 'security_group', fields: groupFields },
});

const updateGroup = networkEndpoint('network/update-security-group', {
  method: 'PUT',
  path: '/v2.0/security-groups/:security_group_id',
  query: unreadQuery,
  body: {
    envelope: 'security_group',
    shape: { types: ['object'], properties: { security_group: { types: ['object'] } } },
  },
  policy: { rule: 'update_security_group' },
  lookups: { group },
  checks: ['group', 'role'],
  refusals: { group: unknownGroup },
  result: ({ found }) => found.group,
  effect: ({ wanted }, found) => {
    found.name = textMember(wanted, 'name') ?? found.name;
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'security_group', fields: groupFields },
});

const deleteGroup = networkEndpoint('network/delete-security-group', {
  method: 'DELETE',
  path: '/v2.0/security-groups/:security_group_id',
  query: unreadQuery,
  policy: { rule: 'delete_security_group' },
  lookups: { group },
  checks: ['group', 'role', 'in-use'],
  refusals: {
    group: unknownGroup,
    'in-use': ({ call: { cloud }, found }) =>
      found.group && [...cloud.compute.servers.values()].some((one) => isGroupOf(one, found.group))
        ? conflict(`Security Group ${found.group.id} in use.`)
        : undefined,
  },
  result: ({ found }) => found.group,
  effect: ({ call: { cloud } }, found) => {
    securityGroups(cloud.compute).remove(found);
  },
  success: [{ status: 204, content: 'none' }],
});

export const networkServiceEndpoints: readonly Endpoint[] = [
  listNetworks,
  listPorts,
  showPort,
  createPort,
  deletePort,
  listGroups,
  createGroup,
  updateGroup,
  deleteGroup,
  ...floatingEndpoints,
];

function isGroupOf(
  { projectId, securityGroups: names }: { readonly projectId: string; readonly securityGroups: readonly string[] },
  group: SecurityGroup | undefined,
): boolean {
  return projectId === group?.projectId && names.includes(group.name);
}

function unknownPort({ call: { params }, found }: Subject<NetworkCall, { readonly port: Port | undefined }>) {
  return found.port ? undefined : notFound(`Port ${params.port_id ?? ''} could not be found.`);
}

function unknownGroup({
  call: { params },
  found,
}: Subject<NetworkCall, { readonly group: SecurityGroup | undefined }>) {
  return found.group ? undefined : notFound(`Security group ${params.security_group_id ?? ''} does not exist`);
}
