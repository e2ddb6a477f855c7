/**
 * The metadata of a server: list, create or update, replace; show, set and delete one item.
 *
 * Read from metadata.inc.
 */

import { type Endpoint, query, single, unreadQuery } from '../../kernel/endpoint.ts';
import type { JsonObject } from '../../kernel/http.ts';
import { badRequest, forbidden, notFound, type Refusal } from '../../kernel/refusal.ts';
import type { Shape } from '../../kernel/shape.ts';
import type { ComputeCall } from '../call.ts';
import { collectionOf, foundServer, ofServer, policyOn } from '../below-server.ts';
import { locked, type Of, type OnServer, permitting, unknownServer, wrongState } from '../on-server.ts';
import { computeEndpoint } from '../compute-endpoint.ts';
import { metadata } from '../servers/bodies.ts';
import { metadataOf } from '../servers/create.ts';
import type { Server } from '../state.ts';

const collection = collectionOf('metadata');
const item = `${collection}/:key`;

/** As the limit maxServerMeta says. */
const most = 128;

const states = permitting('active', 'paused', 'suspended', 'stopped');
const changing = { server: unknownServer, lock: locked, state: wrongState('update_instance_metadata', 'any') };
const listMetadata = computeEndpoint('compute/list-all-metadata', {
  method: 'GET',
  path: collection,
  query: query({}, '2.102-'),
  policy: policyOn('server-metadata:index'),
  lookups: ofServer,
  checks: ['query', 'server', 'role'],
  refusals: { server: unknownServer },
  result: foundServer,
  success: [{ status: 200, content: 'item' }],
  response: { fields: [{ name: 'metadata', value: ({ item: server }) => server.metadata }] },
});

const createItems = computeEndpoint('compute/create-or-update-metadata-items', {
  method: 'POST',
  path: collection,
  query: unreadQuery,
  body: single('metadata', metadata),
  policy: policyOn('server-metadata:create'),
  states,
  lookups: ofServer,
  checks: ['query', 'body', 'server', 'role', 'lock', 'state', 'count'],
  refusals: { ...changing, count: ({ found, wanted }) => tooMany({ ...found.server?.metadata, ...wanted }) },
  result: foundServer,
  effect: ({ wanted }, server) => {
    server.metadata = { ...server.metadata, ...metadataOf(wanted) };
  },
  success: [{ status: 200, content: 'item' }],
  response: { fields: [{ name: 'metadata', value: ({ item: server }) => server.metadata }] },
});

const replaceItems = computeEndpoint('compute/replace-metadata-items', {
  method: 'PUT',
  path: collection,
  query: unreadQuery,
  body: single('metadata', metadata),
  policy: policyOn('server-metadata:update_all'),
  states,
  lookups: ofServer,
  checks: ['query', 'body', 'server', 'role', 'lock', 'state', 'count'],
  refusals: { ...changing, count: ({ wanted }) => tooMany(wanted) },
  result: foundServer,
  effect: ({ wanted }, server) => {
    server.metadata = metadataOf(wanted);
  },
  success: [{ status: 200, content: 'item' }],
  response: { fields: [{ name: 'metadata', value: ({ item: server }) => server.metadata }] },
});

const showItem = computeEndpoint('compute/show-metadata-item-details', {
  method: 'GET',
  path: item,
  query: query({}, '2.102-'),
  policy: policyOn('server-metadata:show'),
  lookups: ofServer,
  checks: ['query', 'server', 'role', 'item'],
  refusals: { server: unknownServer, item: unknownItem },
  result: foundServer,
  success: [{ status: 200, content: 'item' }],
  response: { fields: [{ name: 'meta', value: ({ call, item: server }) => one(call, server) }] },
});

const oneItem: Shape = { ...metadata, minProperties: 1, maxProperties: 1 };

const updateItem = computeEndpoint('compute/create-or-update-metadata-item', {
  method: 'PUT',
  path: item,
  query: unreadQuery,
  body: single('meta', oneItem),
  policy: policyOn('server-metadata:update'),
  states,
  lookups: ofServer,
  checks: ['query', 'body', 'server', 'role', 'key', 'lock', 'state', 'count'],
  refusals: {
    ...changing,
    key: ({ call, wanted }) =>
      Object.hasOwn(wanted, keyOf(call)) ? undefined : badRequest('Request body and URI mismatch'),
    count: ({ found, wanted }) => tooMany({ ...found.server?.metadata, ...wanted }),
  },
  result: foundServer,
  effect: ({ wanted }, server) => {
    server.metadata = { ...server.metadata, ...metadataOf(wanted) };
  },
  success: [{ status: 200, content: 'item' }],
  response: { fields: [{ name: 'meta', value: ({ call, item: server }) => one(call, server) }] },
});

const deleteItem = computeEndpoint('compute/delete-metadata-item', {
  method: 'DELETE',
  path: item,
  query: unreadQuery,
  policy: policyOn('server-metadata:delete'),
  states,
  lookups: ofServer,
  checks: ['query', 'server', 'role', 'item', 'lock', 'state'],
  refusals: { ...changing, item: unknownItem, state: wrongState('delete_instance_metadata', 'any') },
  result: foundServer,
  effect: ({ call }, server) => {
    server.metadata = Object.fromEntries(Object.entries(server.metadata).filter(([key]) => key !== keyOf(call)));
  },
  success: [{ status: 204, content: 'none' }],
});

export const serverMetadataEndpoints: readonly Endpoint[] = [
  listMetadata,
  createItems,
  replaceItems,
  showItem,
  updateItem,
  deleteItem,
];

function keyOf({ params }: ComputeCall): string {
  return params.key ?? '';
}

function one(call: ComputeCall, { metadata: items }: Server): JsonObject {
  return { [keyOf(call)]: items[keyOf(call)] ?? null };
}

function unknownItem({ call, found: { server } }: Of<OnServer>): Refusal | undefined {
  return server && Object.hasOwn(server.metadata, keyOf(call)) ? undefined : notFound('Metadata item was not found');
}

function tooMany(items: JsonObject): Refusal | undefined {
  return Object.keys(items).length > most ? forbidden('Quota exceeded, too many metadata items') : undefined;
}
