/**
 * Actions on the guest and its network: change its password, add and remove security groups and fixed addresses,
 * inject or reset its network.
 *
 * Read from servers-actions.inc, servers-action-fixed-ip.inc and servers-admin-action.inc.
 */

import { range } from '../../../../src/microversion.ts';
import type { Endpoint } from '../../kernel/endpoint.ts';
import { type JsonObject, textMember } from '../../kernel/http.ts';
import { conflict, notFound, type Refusal } from '../../kernel/refusal.ts';
import type { Shape } from '../../kernel/shape.ts';
import type { ComputeCall } from '../call.ts';
import { freeAddress, groupOf, isAmbiguous, networkOf, portsOf } from '../networks/networks.ts';
import { removedSince } from '../removed/removed-since.ts';
import { anyState, type Of, type OnServer, permitting } from '../on-server.ts';
import { serverAction } from './action.ts';
import { atOnce, task } from './transition.ts';

const closed = (properties: Readonly<Record<string, Shape>>): Shape => ({
  types: ['object'],
  properties,
  required: Object.keys(properties),
  closed: true,
});

const changePassword = serverAction('compute/change-administrative-password', {
  key: 'changePassword',
  method: 'set_admin_password',
  policy: 'os-admin-password',
  argument: closed({ adminPass: { types: ['string'] } }),
  states: permitting('active'),
  checks: ['lock', 'state'],
  transition: { ...task('changePassword', 'updating_password', () => undefined), event: 'compute_set_admin_password' },
});

const group = closed({ name: { types: ['string'], minLength: 1, maxLength: 255 } });

const addSecurityGroup = serverAction('compute/add-security-group-to-a-server', {
  key: 'addSecurityGroup',
  method: 'add_security_group',
  policy: 'os-security-groups:add',
  argument: group,
  states: anyState,
  checks: ['one-group', 'group', 'ports'],
  refusals: { 'one-group': ambiguousGroup, group: unknownGroup, ports: portless },
  effect: ({ call, wanted }, server) => {
    server.securityGroups = [...new Set([...server.securityGroups, nameOf(call, wanted)])];
  },
});

const removeSecurityGroup = serverAction('compute/remove-security-group-from-a-server', {
  key: 'removeSecurityGroup',
  method: 'remove_security_group',
  policy: 'os-security-groups:remove',
  argument: group,
  states: anyState,
  checks: ['one-group', 'group', 'ports', 'associated'],
  refusals: {
    'one-group': ambiguousGroup,
    group: unknownGroup,
    ports: portless,
    associated: ({ call, wanted, found: { server } }) =>
      !server || server.securityGroups.includes(nameOf(call, wanted))
        ? undefined
        : notFound(`The security group is not associated with the instance ${server.id}`),
  },
  effect: ({ call, wanted }, server) => {
    const removed = nameOf(call, wanted);
    server.securityGroups = server.securityGroups.filter((name) => name !== removed);
  },
});

const addFixedIp = serverAction('compute/add-fixed-ip', {
  key: 'addFixedIp',
  range: range('2.1-2.43'),
  method: 'add_fixed_ip',
  policy: 'os-multinic:add',
  argument: closed({ networkId: { types: ['string', 'integer'] } }),
  states: anyState,
  // The host looks for the network after the response.
  checks: ['lock'],
  effect: ({ call, wanted }, server) => {
    const network = networkOf(call, textMember(wanted, 'networkId') ?? '');
    const own = portsOf(call, server).find(({ networkId }) => networkId === network?.id);
    if (network && own) own.addresses.push(freeAddress(call, network));
  },
});

const removeFixedIp = serverAction('compute/remove-fixed-ip', {
  key: 'removeFixedIp',
  range: range('2.1-2.43'),
  method: 'remove_fixed_ip',
  policy: 'os-multinic:remove',
  argument: closed({ address: { types: ['string'], format: 'ip' } }),
  states: anyState,
  checks: ['lock'],
  effect: ({ call, wanted }, server) => {
    for (const { addresses } of portsOf(call, server)) {
      const index = addresses.findIndex((one) => one === wanted.address);
      if (index >= 0) addresses.splice(index, 1);
    }
  },
});

const injectNetworkInfo = serverAction('compute/inject-network-information', {
  key: 'injectNetworkInfo',
  method: 'inject_network_info',
  policy: 'os-admin-actions:inject_network_info',
  states: anyState,
  checks: ['lock'],
  // It leaves no entry in the log.
  effect: () => undefined,
});

const resetNetwork = serverAction('compute/reset-networking-on-a-server', {
  key: 'resetNetwork',
  method: 'reset_network',
  policy: 'os-admin-actions:reset_network',
  states: anyState,
  before: ['removed'],
  checks: ['lock'],
  refusals: { removed: removedSince('2.88') },
  transition: { ...atOnce('reset_network', () => undefined), event: 'compute_reset_network' },
});

export const guestActions: readonly Endpoint[] = [
  changePassword,
  addSecurityGroup,
  removeSecurityGroup,
  addFixedIp,
  removeFixedIp,
  injectNetworkInfo,
  resetNetwork,
];

function nameOf(call: ComputeCall, wanted: JsonObject): string {
  return groupOf(call, textMember(wanted, 'name') ?? '') ?? '';
}

function unknownGroup({ call, wanted }: Of<OnServer>): Refusal | undefined {
  const name = textMember(wanted, 'name') ?? '';
  return groupOf(call, name) !== undefined ? undefined : notFound(`Security group ${name} is not found.`);
}

function ambiguousGroup({ call, wanted }: Of<OnServer>): Refusal | undefined {
  const name = textMember(wanted, 'name') ?? '';
  return isAmbiguous(call, name)
    ? conflict(`Multiple security groups are named ${name}. Use an id to be more specific.`)
    : undefined;
}

/** Security groups belong to the ports of a server. */
function portless({ call, found: { server } }: Of<OnServer>): Refusal | undefined {
  return server && portsOf(call, server).length === 0 ? notFound('No port of the instance could be found.') : undefined;
}
