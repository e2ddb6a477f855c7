/**
 * The ports of a server: list, show, create, detach.
 *
 * Read from os-interface.inc, and from the history of the API at 2.49 and 2.70.
 */

import { range } from '../../../../src/microversion.ts';
import { at, type Endpoint, enveloped, type Lookup, query, type Shown, unreadQuery } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import { type Json, textMember } from '../../kernel/http.ts';
import { badRequest, conflict, notFound, type Refusal } from '../../kernel/refusal.ts';
import { collectionOf, ofServer, policyOn } from '../below-server.ts';
import type { ComputeCall } from '../call.ts';
import { finishEvent, startAction, startEvent } from '../action-log.ts';
import {
  addPort,
  defaultNetwork,
  isTaken,
  type Network,
  networkOf,
  type Port,
  ports,
  release,
} from '../networks/networks.ts';
import { anyState, locked, type Of, type OnServer, permitting, unknownServer, wrongState } from '../on-server.ts';
import { computeEndpoint } from '../compute-endpoint.ts';
import { tag } from '../servers/bodies.ts';

const collection = collectionOf('os-interface');
const item = `${collection}/:port_id`;

const states = permitting('active', 'paused', 'stopped');
const reading = { states: anyState };

const fields: readonly Field<Shown<ComputeCall, Port>>[] = [
  { name: 'net_id', value: ({ item: { networkId } }) => networkId },
  { name: 'port_id', value: ({ item: { id } }) => id },
  { name: 'mac_addr', value: ({ item: { mac } }) => mac },
  { name: 'port_state', value: () => 'ACTIVE' },
  {
    name: 'fixed_ips',
    value: ({ call, item: { networkId, addresses } }) =>
      addresses.map((address) => ({ subnet_id: networkOf(call, networkId)?.subnetId ?? null, ip_address: address })),
  },
  { name: 'tag', range: range('2.70-'), value: ({ item: { tag: given } }) => given },
];

const port: Lookup<ComputeCall, Port> = {
  noun: 'a port',
  id: ({ params }) => params.port_id ?? '',
  matches: ({ id }, text) => id === text.toLowerCase(),
  rows: ({ cloud }) => ports(cloud.compute),
  removed: ({ cloud }) => ports(cloud.compute).removed,
  sees: isOfServer,
  within: { server: ({ serverId }) => serverId ?? '' },
};

const listPorts = computeEndpoint('compute/list-port-interfaces', {
  ...reading,
  method: 'GET',
  path: collection,
  query: query({}, '2.102-'),
  policy: policyOn('os-attach-interfaces:list'),
  lookups: ofServer,
  checks: ['query', 'server', 'role'],
  refusals: { server: unknownServer },
  listing: {
    noun: 'ports',
    rows: port.rows,
    removed: port.removed,
    includes: ({ call }, one) => isOfServer(call, one),
    page: (_, rows) => rows,
    within: { server: ({ serverId }) => serverId ?? '' },
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'interfaceAttachments', fields },
});

const showPort = computeEndpoint('compute/show-port-interface-details', {
  ...reading,
  method: 'GET',
  path: item,
  query: query({}, '2.102-'),
  policy: policyOn('os-attach-interfaces:show'),
  lookups: { ...ofServer, port },
  checks: ['query', 'server', 'role', 'port'],
  refusals: { server: unknownServer, port: unknownPort },
  result: ({ found }) => found.port,
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'interfaceAttachment', fields },
});

const createPort = computeEndpoint('compute/create-interface', {
  method: 'POST',
  path: collection,
  query: unreadQuery,
  body: enveloped(
    'interfaceAttachment',
    {
      net_id: { types: ['string'], format: 'uuid' },
      port_id: { types: ['string'], format: 'uuid' },
      fixed_ips: {
        types: ['array'],
        minItems: 1,
        maxItems: 1,
        items: {
          types: ['object'],
          properties: { ip_address: { types: ['string'], format: 'ip' } },
          required: ['ip_address'],
          closed: true,
        },
      },
      tag: at('2.49-', tag),
    },
    [],
  ),
  policy: policyOn('os-attach-interfaces:create'),
  states,
  lookups: ofServer,
  checks: [
    'query',
    'body',
    'one-source',
    'network-for-address',
    'server',
    'role',
    'lock',
    'state',
    'port',
    'network',
    'address',
  ],
  refusals: {
    'one-source': ({ wanted }) =>
      wanted.net_id !== undefined && wanted.port_id !== undefined
        ? badRequest('Must not input both network_id and port_id')
        : undefined,
    'network-for-address': ({ wanted }) =>
      wanted.fixed_ips !== undefined && wanted.net_id === undefined
        ? badRequest('Must input network_id when request IP address')
        : undefined,
    server: unknownServer,
    lock: locked,
    state: wrongState('attach_interface'),
    port: ({ call, wanted, found: { server } }) => {
      const id = textMember(wanted, 'port_id');
      if (id === undefined) return undefined;
      const own = wantedPort(call, id);
      if (!own) return notFound(`Port id ${id} could not be found.`);
      if (own.projectId !== server?.projectId) return badRequest(`Port ${id} not usable for instance.`);
      return own.serverId === null ? undefined : conflict(`Port ${id} is still in use.`);
    },
    network: ({ call, wanted }) =>
      wantedNetwork(call, wanted.net_id)
        ? undefined
        : badRequest(`Network ${textMember(wanted, 'net_id') ?? ''} could not be found.`),
    address: ({ call, wanted }) => {
      const network = wantedNetwork(call, wanted.net_id);
      const address = addressIn(wanted.fixed_ips);
      if (network && address !== undefined && !address.startsWith(`${network.prefix}.`)) {
        return badRequest(`Fixed IP address ${address} is in no subnet.`);
      }
      return network && address !== undefined && isTaken(call, network, address)
        ? badRequest(`Fixed IP address ${address} is already in use.`)
        : undefined;
    },
  },
  result: ({ call, wanted, found }) => {
    const given = wantedPort(call, textMember(wanted, 'port_id') ?? '');
    const network = given ? networkOf(call, given.networkId) : wantedNetwork(call, wanted.net_id);
    const address = addressIn(wanted.fixed_ips);
    if (!found.server || !network) return undefined;
    const action = startAction(call, found.server, 'attach_interface');
    const event = startEvent(action, 'compute_attach_interface', found.server, call.cloud.now());
    const tagged = { tag: textMember(wanted, 'tag') ?? null };
    const added =
      given ?? addPort(call, found.server, network, { ...tagged, ...(address !== undefined && { address }) });
    if (given) Object.assign(given, { ...tagged, serverId: found.server.id });
    finishEvent(action, event, 'Success', call.cloud.now());
    return added;
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'interfaceAttachment', fields },
});

const detachPort = computeEndpoint('compute/detach-interface', {
  method: 'DELETE',
  path: item,
  query: unreadQuery,
  policy: policyOn('os-attach-interfaces:delete'),
  states,
  lookups: { ...ofServer, port },
  checks: ['query', 'server', 'role', 'lock', 'state', 'port'],
  refusals: { server: unknownServer, lock: locked, state: wrongState('detach_interface'), port: unknownPort },
  result: ({ found }) => found.port,
  effect: ({ call, rules, found: { server } }, removed) => {
    if (!server) return;
    const { cloud } = call;
    const action = startAction(call, server, 'detach_interface');
    const event = startEvent(action, 'compute_detach_interface', server, cloud.now());
    cloud.schedule.after(rules.delays?.disconnect ?? 0, () => {
      release(call, removed);
      finishEvent(action, event, 'Success', cloud.now());
    });
  },
  delays: { disconnect: 1 },
  success: [{ status: 202, content: 'none' }],
});

export const interfaceEndpoints: readonly Endpoint[] = [listPorts, showPort, createPort, detachPort];

function isOfServer({ params }: ComputeCall, { serverId }: Port): boolean {
  return serverId === (params.server_id ?? '').toLowerCase();
}

function unknownPort({ call, found }: Of<OnServer & { readonly port: Port | undefined }>): Refusal | undefined {
  return found.port ? undefined : notFound(`Port id ${call.params.port_id ?? ''} could not be found.`);
}

/** The project's only one if the request names none. */
function wantedNetwork(call: ComputeCall, id: Json | undefined): Network | undefined {
  return typeof id === 'string' ? networkOf(call, id) : defaultNetwork(call);
}

function wantedPort({ cloud }: ComputeCall, id: string): Port | undefined {
  return [...ports(cloud.compute)].find((one) => one.id === id.toLowerCase());
}

function addressIn(given: Json | undefined): string | undefined {
  return Array.isArray(given) ? textMember(given[0] as Json, 'ip_address') : undefined;
}
