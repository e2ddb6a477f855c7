/**
 * Floating addresses, up to 2.35: list, show, allocate, release.
 *
 * Read from os-floating-ips.inc.
 */

import { range } from '../../../../src/microversion.ts';
import { type Endpoint, type Lookup, query, type Shown, unreadQuery } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import { member, textMember } from '../../kernel/http.ts';
import { notFound, type Refusal } from '../../kernel/refusal.ts';
import type { ComputeCall } from '../call.ts';
import type { Of } from '../on-server.ts';
import { computeEndpoint } from '../compute-endpoint.ts';
import { allocate, type FloatingIp, floatingIps, pool } from './floating-ips.ts';

const collection = '/os-floating-ips';
const item = `${collection}/:floating_ip_id`;
const versions = range('2.1-2.35');

const fields: readonly Field<Shown<ComputeCall, FloatingIp>>[] = [
  { name: 'id', value: ({ item: { id } }) => id },
  { name: 'ip', value: ({ item: { address } }) => address },
  { name: 'pool', value: () => pool },
  { name: 'instance_id', value: ({ item: { serverId } }) => serverId },
  { name: 'fixed_ip', value: ({ item: { fixed } }) => fixed },
];

const floatingIp: Lookup<ComputeCall, FloatingIp> = {
  noun: 'a floating address',
  id: ({ params }) => params.floating_ip_id ?? '',
  matches: ({ id }, text) => id === text.toLowerCase(),
  rows: ({ cloud }) => floatingIps(cloud.compute),
  removed: ({ cloud }) => floatingIps(cloud.compute).removed,
  sees: ({ caller }, { projectId }) => projectId === caller.projectId,
};

const listAddresses = computeEndpoint('compute/list-floating-ip-addresses', {
  method: 'GET',
  path: collection,
  range: versions,
  query: query({}),
  policy: { rule: 'os-floating-ips:list' },
  checks: ['query', 'role'],
  listing: {
    noun: 'floating addresses',
    rows: floatingIp.rows,
    removed: floatingIp.removed,
    includes: ({ call }, { projectId }) => projectId === call.caller.projectId,
    page: (_, all) => all,
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'floating_ips', fields },
});

const showAddress = computeEndpoint('compute/show-floating-ip-address-details', {
  method: 'GET',
  path: item,
  range: versions,
  query: query({}),
  policy: { rule: 'os-floating-ips:show' },
  lookups: { floatingIp },
  checks: ['query', 'role', 'address'],
  refusals: { address: unknownAddress },
  result: ({ found }) => found.floatingIp,
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'floating_ip', fields },
});

const createAddress = computeEndpoint('compute/create-floating-ip-address', {
  method: 'POST',
  path: collection,
  range: versions,
  query: unreadQuery,
  policy: { rule: 'os-floating-ips:create' },
  checks: ['query', 'role', 'pool'],
  refusals: {
    // The body may be missing.
    pool: ({ call: { body } }) => {
      const named = textMember(body, 'pool');
      return member(body, 'pool') === undefined || named === pool
        ? undefined
        : notFound(`Floating IP pool ${named ?? ''} not found.`);
    },
  },
  result: ({ call }) => allocate(call),
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'floating_ip', fields },
});

const deleteAddress = computeEndpoint('compute/delete-floating-ip-address', {
  method: 'DELETE',
  path: item,
  range: versions,
  query: unreadQuery,
  policy: { rule: 'os-floating-ips:delete' },
  lookups: { floatingIp },
  checks: ['query', 'role', 'address'],
  refusals: { address: unknownAddress },
  result: ({ found }) => found.floatingIp,
  effect: ({ call }, found) => {
    floatingIps(call.cloud.compute).remove(found);
  },
  success: [{ status: 202, content: 'none' }],
});

export const floatingIpEndpoints: readonly Endpoint[] = [listAddresses, showAddress, createAddress, deleteAddress];

function unknownAddress({ call, found }: Of<{ readonly floatingIp: FloatingIp | undefined }>): Refusal | undefined {
  return found.floatingIp ? undefined : notFound(`Floating IP not found for ID ${call.params.floating_ip_id ?? ''}`);
}
