/**
 * The declared endpoints of floating addresses and of the router by which servers get them.
 */

import { allocate, type FloatingIp, floatingIps } from '../compute/floating-ips/floating-ips.ts';
import type { Network, Port } from '../compute/networks/networks.ts';
import { type Endpoint, type Lookup, type Shown, type Subject, unreadQuery } from '../kernel/endpoint.ts';
import type { Field } from '../kernel/fields.ts';
import { textMember } from '../kernel/http.ts';
import { notFound } from '../kernel/refusal.ts';
import { isOwn, page, textFilters } from './listing.ts';
import { type NetworkCall, networkEndpoint } from './network-endpoint.ts';

interface Router {
  readonly id: string;
}

/** The network outside of the cloud, and the router of every project between it and the networks of servers. */
const outsideId = '0e7f0000-0000-4000-8000-00000000aaaa';
export const theRouter: Router = { id: '0e7f0000-0000-4000-8000-00000000bbbb' };

export function routerPort({ id, prefix }: Network): Port {
  return {
    ...{ id: '0e7f0000-0000-4000-8000-00000000cccc', name: '', projectId: '', networkId: id, serverId: theRouter.id },
    ...{ stays: true, mac: 'fa:16:3e:ff:00:01', addresses: [`${prefix}.0.1`], tag: null },
  };
}

const floatingFields: readonly Field<Shown<NetworkCall, FloatingIp>>[] = [
  { name: 'id', value: ({ item: { id } }) => id },
  { name: 'floating_ip_address', value: ({ item: { address } }) => address },
  { name: 'floating_network_id', value: () => outsideId },
  { name: 'fixed_ip_address', value: ({ item: { fixed } }) => fixed },
  { name: 'description', value: ({ item: { description } }) => description },
  { name: 'project_id', value: ({ item: { projectId } }) => projectId },
  { name: 'status', value: ({ item: { serverId } }) => (serverId === null ? 'DOWN' : 'ACTIVE') },
];

const routerFields: readonly Field<Shown<NetworkCall, Router>>[] = [
  { name: 'id', value: ({ item: { id } }) => id },
  { name: 'name', value: () => 'router' },
  { name: 'status', value: () => 'ACTIVE' },
  { name: 'external_gateway_info', value: () => ({ network_id: outsideId }) },
];

const floating: Lookup<NetworkCall, FloatingIp> = {
  noun: 'a floating address',
  id: ({ params }) => params.floatingip_id ?? '',
  matches: ({ id }, wanted) => id === wanted.toLowerCase(),
  rows: ({ cloud }) => floatingIps(cloud.compute),
  sees: isOwn,
};

const listFloating = networkEndpoint('network/list-floating-ips', {
  method: 'GET',
  path: '/v2.0/floatingips',
  query: textFilters('description'),
  policy: { rule: 'get_floatingip' },
  checks: ['role'],
  listing: {
    noun: 'floating addresses',
    rows: floating.rows,
    includes: ({ call, query: { description } }, one) =>
      isOwn(call, one) && (description === undefined || one.description === description),
    page,
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'floatingips', fields: floatingFields },
});

const showFloating = networkEndpoint('network/show-floating-ip', {
  method: 'GET',
  path: '/v2.0/floatingips/:floatingip_id',
  query: unreadQuery,
  policy: { rule: 'get_floatingip' },
  lookups: { floating },
  checks: ['floating', 'role'],
  refusals: { floating: unknownFloating },
  result: ({ found }) => found.floating,
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'floatingip', fields: floatingFields },
});

const createFloating = networkEndpoint('network/create-floating-ip', {
  method: 'POST',
  path: '/v2.0/floatingips',
  query: unreadQuery,
  body: { envelope: 'floatingip', shape: { types: ['object'], properties: { floatingip: { types: ['object'] } } } },
  policy: { rule: 'create_floatingip' },
  checks: ['role', 'network'],
  refusals: {
    network: ({ wanted }) =>
      textMember(wanted, 'floating_network_id') === outsideId
        ? undefined
        : notFound(`Network ${textMember(wanted, 'floating_network_id') ?? ''} could not be found.`),
  },
  result: ({ call, wanted }) => allocate(call, textMember(wanted, 'description')),
  success: [{ status: 201, content: 'item' }],
  response: { envelope: 'floatingip', fields: floatingFields },
});

const deleteFloating = networkEndpoint('network/delete-floating-ip', {
  method: 'DELETE',
  path: '/v2.0/floatingips/:floatingip_id',
  query: unreadQuery,
  policy: { rule: 'delete_floatingip' },
  lookups: { floating },
  checks: ['floating', 'role'],
  refusals: { floating: unknownFloating },
  result: ({ found }) => found.floating,
  effect: ({ call: { cloud } }, found) => {
    floatingIps(cloud.compute).remove(found);
  },
  success: [{ status: 204, content: 'none' }],
});

const listRouters = networkEndpoint('network/list-routers', {
  method: 'GET',
  path: '/v2.0/routers',
  query: textFilters('name'),
  policy: { rule: 'get_router' },
  checks: ['role'],
  listing: { noun: 'routers', rows: () => [theRouter], page },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'routers', fields: routerFields },
});

export const floatingEndpoints: readonly Endpoint[] = [
  listFloating,
  showFloating,
  createFloating,
  deleteFloating,
  listRouters,
];

function unknownFloating({
  call: { params },
  found,
}: Subject<NetworkCall, { readonly floating: FloatingIp | undefined }>) {
  return found.floating ? undefined : notFound(`Floating IP ${params.floatingip_id ?? ''} could not be found`);
}
