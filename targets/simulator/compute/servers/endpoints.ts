/**
 * Servers: list, list in detail, create one or several, show, update, delete.
 *
 * Read from servers.inc, and from the history of the API wherever a range is given.
 */

import { range } from '../../../../src/microversion.ts';
import { type Declaration, type Endpoint, type Listing, query, unreadQuery } from '../../kernel/endpoint.ts';
import { isObject, type Json, type JsonObject, member, textMember } from '../../kernel/http.ts';
import { conflict, type Refusal } from '../../kernel/refusal.ts';
import type { ComputeCall } from '../call.ts';
import { anyState, locked, type Of, type OnServer, projectOfServer, server, unknownServer } from '../on-server.ts';
import { computeEndpoint } from '../compute-endpoint.ts';
import type { Server } from '../state.ts';
import { createBody, updateBody } from './bodies.ts';
import { type Created, createServers, newServers } from './create.ts';
import { countOf, createChecks, createRefusals } from './create-checks.ts';
import { deletePermanently, deleteSoftly, isDeletedSoftly } from './deletion.ts';
import {
  isSelected,
  nextServers,
  rowsOf,
  selectedPage,
  selectionChecks,
  selectionGates,
  selectionQuery,
  selectionRefusals,
} from './selection.ts';
import { changedServerFields, links, serverFields } from './view.ts';

const collection = '/servers';
const item = `${collection}/:server_id`;

const listing: Listing<ComputeCall, Server> = {
  noun: 'servers',
  rows: rowsOf,
  includes: isSelected,
  page: selectedPage,
};

const listServers = computeEndpoint('compute/list-servers', {
  method: 'GET',
  path: collection,
  query: selectionQuery,
  gates: selectionGates,
  policy: { rule: 'servers:index' },
  checks: selectionChecks,
  refusals: selectionRefusals('servers:index'),
  listing,
  success: [{ status: 200, content: 'item' }],
  response: {
    envelope: 'servers',
    fields: [
      { name: 'id', value: ({ item: { id } }) => id },
      { name: 'name', value: ({ item: { name } }) => name },
      { name: 'links', value: ({ call, item: { id } }) => links(call, `servers/${id}`) },
    ],
    beside: [nextServers],
  },
});

const listServersInDetail = computeEndpoint('compute/list-servers-detailed', {
  method: 'GET',
  path: `${collection}/detail`,
  query: selectionQuery,
  gates: selectionGates,
  policy: { rule: 'servers:detail' },
  checks: selectionChecks,
  refusals: selectionRefusals('servers:detail'),
  listing,
  success: [{ status: 200, content: 'item' }],
  // Lists do not show the groups of a server.
  response: {
    envelope: 'servers',
    fields: serverFields.filter(({ name }) => name !== 'server_groups'),
    beside: [nextServers],
  },
});

const creating: Omit<Declaration<ComputeCall, object, Created>, 'choice'> = {
  method: 'POST',
  path: collection,
  query: unreadQuery,
  body: createBody,
  gates: { 'name-as-description': range('2.1-2.18') },
  policy: { rule: 'servers:create' },
  checks: createChecks,
  refusals: createRefusals,
  result: (subject) => newServers(subject, countOf(subject)),
  effect: createServers,
  delays: { schedule: 1, spawn: 1 },
  success: [{ status: 202, content: 'item' }],
  response: {
    fields: [
      {
        name: 'server',
        value: ({ call, item: created }) => (created.reservationOnly ? undefined : shown(call, created)),
      },
      {
        name: 'reservation_id',
        value: ({ item: { reservationOnly, servers } }) =>
          reservationOnly ? (servers[0]?.reservationId ?? null) : undefined,
      },
    ],
    headers: [
      {
        name: 'Location',
        value: ({ call, item: { servers } }) => textMember(links(call, `servers/${servers[0]?.id ?? ''}`)[0], 'href'),
      },
    ],
  },
};

const createSeveral = computeEndpoint('compute/create-multiple-servers', {
  ...creating,
  choice: {
    named: (body) => (body === undefined ? undefined : isForSeveral(body)),
    meant: ({ body }) => isForSeveral(body),
  },
});

const createServer = computeEndpoint('compute/create-server', creating);

const onServer = {
  policy: (rule: string) => ({ rule, project: projectOfServer }),
  lookups: { server },
  result: ({ found }: Of<OnServer>): Server | undefined => found.server,
};

const showServer = computeEndpoint('compute/show-server-details', {
  method: 'GET',
  path: item,
  query: query({}, '2.102-'),
  policy: onServer.policy('servers:show'),
  lookups: onServer.lookups,
  states: anyState,
  checks: ['query', 'server', 'role'],
  refusals: { server: unknownServer },
  result: onServer.result,
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'server', fields: serverFields },
});

const updateServer = computeEndpoint('compute/update-server', {
  method: 'PUT',
  path: item,
  query: unreadQuery,
  body: updateBody,
  policy: onServer.policy('servers:update'),
  lookups: onServer.lookups,
  states: anyState,
  checks: ['query', 'body', 'server', 'role', 'pinned-zone'],
  refusals: { server: unknownServer, 'pinned-zone': otherZone },
  result: onServer.result,
  effect: ({ call, wanted }, found) => {
    found.name = textMember(wanted, 'name')?.trim() ?? found.name;
    found.hostname = textMember(wanted, 'hostname') ?? found.hostname;
    found.diskConfig = textMember(wanted, 'OS-DCF:diskConfig') ?? found.diskConfig;
    found.accessIPv4 = textMember(wanted, 'accessIPv4') ?? found.accessIPv4;
    found.accessIPv6 = textMember(wanted, 'accessIPv6') ?? found.accessIPv6;
    found.description = given(wanted.description, found.description);
    found.pinnedZone = given(wanted.pinned_availability_zone, found.pinnedZone);
    found.updatedAt = call.cloud.now();
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'server', fields: changedServerFields },
});

const deleteServer = computeEndpoint('compute/delete-server', {
  method: 'DELETE',
  path: item,
  query: unreadQuery,
  policy: onServer.policy('servers:delete'),
  lookups: onServer.lookups,
  states: anyState,
  checks: ['query', 'server', 'role', 'lock'],
  refusals: { server: unknownServer, lock: locked },
  result: onServer.result,
  effect: ({ call, rules }, found) => {
    const steps = rules.delays?.delete ?? 0;
    if (isDeletedSoftly(call, found)) deleteSoftly(call, found, steps);
    else deletePermanently(call, found, steps);
  },
  delays: { delete: 1 },
  success: [{ status: 204, content: 'none' }],
});

export const serverEndpoints: readonly Endpoint[] = [
  listServers,
  listServersInDetail,
  createSeveral,
  createServer,
  showServer,
  updateServer,
  deleteServer,
];

function shown(call: ComputeCall, { servers, password }: Created): JsonObject {
  const [first] = servers;
  return {
    id: first?.id ?? null,
    links: links(call, `servers/${first?.id ?? ''}`),
    'OS-DCF:diskConfig': first?.diskConfig ?? null,
    security_groups: [{ name: 'default' }],
    adminPass: password,
  };
}

function isForSeveral(body: Json | undefined): boolean {
  const wanted = member(body, 'server');
  return isObject(wanted) && (Object.hasOwn(wanted, 'min_count') || Object.hasOwn(wanted, 'max_count'));
}

/** Null is a value; what is not sent stays. */
function given(sent: Json | undefined, now: string | null): string | null {
  return typeof sent === 'string' || sent === null ? sent : now;
}

/** A server is pinned to the zone that it is in, and not to another while it is pinned. */
function otherZone({ wanted, found: { server: found } }: Of<OnServer>): Refusal | undefined {
  const zone = textMember(wanted, 'pinned_availability_zone');
  if (!found || zone === undefined || zone === found.pinnedZone) return undefined;
  return found.pinnedZone !== null || zone !== found.zone
    ? conflict(`The server cannot be pinned to the availability zone ${zone}.`)
    : undefined;
}
