/**
 * Associate a floating address with a server, and end that; up to 2.43.
 *
 * Read from servers-actions.inc.
 */

import { range } from '../../../../src/microversion.ts';
import type { Endpoint } from '../../kernel/endpoint.ts';
import { textMember } from '../../kernel/http.ts';
import { badRequest, conflict, notFound } from '../../kernel/refusal.ts';
import type { Shape } from '../../kernel/shape.ts';
import { firstFixed, isFixedOf, ownAddress } from '../floating-ips/floating-ips.ts';
import { anyState } from '../on-server.ts';
import { serverAction } from './action.ts';

const address: Shape = { types: ['string'], format: 'ip' };

const addFloatingIp = serverAction('compute/add-floating-ip', {
  key: 'addFloatingIp',
  range: range('2.1-2.43'),
  method: 'add_floating_ip',
  policy: 'os-floating-ips:add',
  argument: {
    types: ['object'],
    properties: { address, fixed_address: address },
    required: ['address'],
    closed: true,
  },
  states: anyState,
  checks: ['fixed', 'fixed-known', 'address'],
  refusals: {
    fixed: ({ call, found: { server } }) =>
      server && firstFixed(call, server) === undefined ? badRequest('No fixed IPs associated to instance') : undefined,
    'fixed-known': ({ call, wanted, found: { server } }) =>
      server && wanted.fixed_address !== undefined && !isFixedOf(call, server, wanted.fixed_address)
        ? badRequest('Specified fixed address not assigned to instance')
        : undefined,
    address: ({ call, wanted }) => (ownAddress(call, wanted.address) ? undefined : notFound('floating IP not found')),
  },
  effect: ({ call, wanted }, server) => {
    const floating = ownAddress(call, wanted.address);
    if (!floating) return;
    floating.serverId = server.id;
    floating.fixed = textMember(wanted, 'fixed_address') ?? firstFixed(call, server) ?? null;
  },
});

const removeFloatingIp = serverAction('compute/remove-floating-ip', {
  key: 'removeFloatingIp',
  range: range('2.1-2.43'),
  method: 'remove_floating_ip',
  policy: 'os-floating-ips:remove',
  argument: { types: ['object'], properties: { address }, required: ['address'], closed: true },
  states: anyState,
  checks: ['address', 'associated'],
  refusals: {
    address: ({ call, wanted }) => (ownAddress(call, wanted.address) ? undefined : notFound('floating IP not found')),
    associated: ({ call, wanted, found: { server } }) =>
      ownAddress(call, wanted.address)?.serverId === server?.id
        ? undefined
        : conflict(`Floating IP ${textMember(wanted, 'address') ?? ''} is not associated with the instance.`),
  },
  effect: ({ call, wanted }) => {
    const floating = ownAddress(call, wanted.address);
    if (!floating) return;
    floating.serverId = null;
    floating.fixed = null;
  },
});

export const floatingIpActions: readonly Endpoint[] = [addFloatingIp, removeFloatingIp];
