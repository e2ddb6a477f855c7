/**
 * Migrations: of all servers, and those in progress of one, which can be completed or aborted.
 *
 * Read from os-migrations.inc and server-migrations.inc, and from the history of the API at 2.22, 2.23, 2.24, 2.59,
 * 2.65, 2.66 and 2.80.
 */

import { range } from '../../../../src/microversion.ts';
import {
  at,
  type Endpoint,
  isOpen,
  type Lookup,
  query,
  type Shown,
  single,
  unreadQuery,
} from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import type { JsonObject } from '../../kernel/http.ts';
import { badRequest, notFound, type Refusal } from '../../kernel/refusal.ts';
import type { Property } from '../../kernel/shape.ts';
import { logInstant } from '../action-log.ts';
import { collectionOf, ofServer, policyOn } from '../below-server.ts';
import type { ComputeCall } from '../call.ts';
import { locked, type Of, type OnServer, anyState, permitting, unknownServer, wrongState } from '../on-server.ts';
import { limitOf, nextPage, wrongPeriod } from '../paging.ts';
import { isAllowed } from '../policy.ts';
import { computeEndpoint } from '../compute-endpoint.ts';
import { arrive } from '../server-actions/migrate.ts';
import { links, micros } from '../servers/view.ts';
import { type Migration, migrations } from './migrations.ts';

type MigrationField = Field<Shown<ComputeCall, Migration>>;

const collection = collectionOf('migrations');
const item = `${collection}/:migration_id`;

const inProgress = ['queued', 'preparing', 'running', 'post-migrating'];

const rows = ({ cloud }: ComputeCall): readonly Migration[] => [...migrations(cloud.compute)];

const common: readonly MigrationField[] = [
  { name: 'id', value: ({ item: { id } }) => Number(id) },
  { name: 'source_compute', value: onHost(({ source }) => source) },
  { name: 'source_node', value: onHost(({ source }) => source) },
  { name: 'dest_compute', value: onHost(({ destination }) => destination) },
  { name: 'dest_node', value: onHost(({ destination }) => destination) },
  { name: 'dest_host', value: onHost(() => '127.0.0.1') },
  { name: 'status', value: ({ item: { status } }) => status },
  { name: 'created_at', value: ({ item: { createdAt } }) => micros(createdAt) },
  { name: 'updated_at', value: ({ item: { updatedAt } }) => micros(updatedAt) },
  { name: 'uuid', range: range('2.59-'), value: ({ item: { uuid } }) => uuid },
  { name: 'user_id', range: range('2.80-'), value: ({ item: { userId } }) => userId },
  { name: 'project_id', range: range('2.80-'), value: ({ item: { projectId } }) => projectId },
];

const text: Property = { types: ['string'] };

const listAll = computeEndpoint('compute/list-migrations-in-os-migrations', {
  method: 'GET',
  path: '/os-migrations',
  query: query(
    {
      hidden: text,
      host: text,
      instance_uuid: text,
      source_compute: text,
      status: text,
      migration_type: text,
      limit: at('2.59-', { types: ['string'], pattern: '^[0-9]*$', minLength: 1 }),
      marker: at('2.59-', text),
      'changes-since': at('2.59-', text),
      'changes-before': at('2.66-', text),
      user_id: at('2.80-', text),
      project_id: at('2.80-', text),
    },
    '2.59-',
  ),
  gates: { pages: range('2.59-'), owners: range('2.80-') },
  policy: { rule: 'os-migrations:index' },
  checks: ['query', 'role', 'period', 'marker'],
  refusals: {
    period: wrongPeriod,
    marker: ({ call, rules, query: { marker } }) =>
      marker === undefined || !isOpen(rules, 'pages', call.at) || rows(call).some(({ uuid }) => uuid === marker)
        ? undefined
        : badRequest(`Marker ${marker} could not be found.`),
  },
  listing: {
    noun: 'migrations',
    rows: (call) => rows(call).toReversed(),
    includes: ({ call, rules, query: asked }, one) =>
      isVisible(call, one) && isWanted(asked, one, isOpen(rules, 'owners', call.at)),
    page: ({ call, rules, query: { limit, marker } }, all) => {
      if (!isOpen(rules, 'pages', call.at)) return all;
      const start = marker === undefined ? 0 : all.findIndex(({ uuid }) => uuid === marker) + 1;
      return all.slice(start, start + limitOf(call, limit));
    },
  },
  success: [{ status: 200, content: 'item' }],
  response: {
    envelope: 'migrations',
    fields: [
      ...common,
      { name: 'instance_uuid', value: ({ item: { serverId } }) => serverId },
      { name: 'old_instance_type_id', value: ({ item: { formerFlavor } }) => Number(formerFlavor.id) },
      { name: 'new_instance_type_id', value: ({ item: { flavor } }) => Number(flavor.id) },
      { name: 'migration_type', range: range('2.23-'), value: ({ item: { type } }) => type },
      { name: 'links', range: range('2.23-'), value: ({ call, item: one }) => linksOf(call, one) },
    ],
    beside: [nextPage('migrations_links', ({ uuid }: Migration) => uuid, range('2.59-'))],
  },
});

/** Bytes of memory and disk: nothing in this cloud is copied. */
const amounts: readonly MigrationField[] = ['memory', 'disk'].flatMap((what) =>
  ['total', 'processed', 'remaining'].map((part) => ({ name: `${what}_${part}_bytes`, value: () => 0 })),
);

const fieldsOfOne: readonly MigrationField[] = [
  ...common,
  { name: 'server_uuid', value: ({ item: { serverId } }) => serverId },
  ...amounts,
];

const migration: Lookup<ComputeCall, Migration> = {
  noun: 'a migration',
  id: ({ params }) => params.migration_id ?? '',
  matches: ({ id }, asked) => id === asked,
  rows,
  sees: isOfServer,
};

const listOfServer = computeEndpoint('compute/list-migrations-in-server-migrations', {
  method: 'GET',
  path: collection,
  range: range('2.23-'),
  query: query({}, '2.102-'),
  policy: policyOn('servers:migrations:index'),
  lookups: ofServer,
  checks: ['query', 'server', 'role'],
  refusals: { server: unknownServer },
  listing: {
    noun: 'migrations',
    rows,
    includes: ({ call }, one) => isOfServer(call, one) && isLive(one),
    page: (_, all) => all,
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'migrations', fields: fieldsOfOne },
});

type Found = OnServer & { readonly migration: Migration | undefined };

const showOfServer = computeEndpoint('compute/show-migration-details', {
  method: 'GET',
  path: item,
  range: range('2.23-'),
  query: query({}, '2.102-'),
  policy: policyOn('servers:migrations:show'),
  lookups: { ...ofServer, migration },
  checks: ['query', 'server', 'role', 'migration', 'live'],
  refusals: {
    server: unknownServer,
    migration: unknownMigration,
    live: ({ found: { migration: one } }) =>
      one && !isLive(one) ? notFound(`Migration ${one.id} is not an in-progress live-migration.`) : undefined,
  },
  result: ({ found }) => found.migration,
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'migration', fields: fieldsOfOne },
});

const forceComplete = computeEndpoint('compute/force-migration-complete-action', {
  method: 'POST',
  path: `${item}/action`,
  range: range('2.22-'),
  query: unreadQuery,
  body: single('force_complete', { types: ['null'] }),
  policy: policyOn('servers:migrations:force_complete'),
  states: permitting('active'),
  lookups: { ...ofServer, migration },
  checks: ['query', 'body', 'server', 'role', 'lock', 'state', 'migration', 'status'],
  refusals: {
    server: unknownServer,
    lock: locked,
    state: wrongState('live_migrate_force_complete', ['migrating']),
    migration: ({ call: { params }, found: { migration: one } }) =>
      one ? undefined : badRequest(`Migration ${params.migration_id ?? ''} not found.`),
    status: ({ found: { migration: one } }) =>
      one && one.status !== 'running'
        ? badRequest(`Migration ${one.id} state of instance ${one.serverId} is ${one.status}.`)
        : undefined,
  },
  result: ({ found }) => found.migration,
  effect: ({ call, found: { server } }, one) => {
    one.status = 'completed';
    one.updatedAt = call.cloud.now();
    if (!server) return;
    logInstant(call, server, 'live_migration_force_complete', 'compute_live_migration_force_complete');
    arrive(server, one.destination);
  },
  success: [{ status: 202, content: 'none' }],
});

const abort = computeEndpoint('compute/delete-migration', {
  method: 'DELETE',
  path: item,
  range: range('2.24-'),
  query: unreadQuery,
  gates: { early: range('2.65-') },
  policy: policyOn('servers:migrations:delete'),
  states: anyState,
  lookups: { ...ofServer, migration },
  checks: ['query', 'server', 'role', 'lock', 'state', 'migration', 'status'],
  refusals: {
    server: unknownServer,
    lock: locked,
    state: wrongState('live_migrate_abort', ['migrating']),
    migration: unknownMigration,
    status: ({ call, rules, found: { migration: one } }) => {
      const early = isOpen(rules, 'early', call.at) ? ['queued', 'preparing'] : [];
      return one && !['running', ...early].includes(one.status)
        ? badRequest(`Migration ${one.id} state of instance ${one.serverId} is ${one.status}.`)
        : undefined;
    },
  },
  result: ({ found }) => found.migration,
  effect: ({ call, found: { server } }, one) => {
    one.status = 'cancelled';
    one.updatedAt = call.cloud.now();
    if (!server) return;
    logInstant(call, server, 'live_migration_cancel', 'compute_live_migration_abort');
    server.taskState = null;
  },
  success: [{ status: 202, content: 'none' }],
});

export const migrationEndpoints: readonly Endpoint[] = [listAll, listOfServer, showOfServer, forceComplete, abort];

function isLive({ type, status }: Migration): boolean {
  return type === 'live-migration' && inProgress.includes(status);
}

function isOfServer({ params }: ComputeCall, { serverId }: Migration): boolean {
  return serverId === (params.server_id ?? '').toLowerCase();
}

function unknownMigration({ call, found }: Of<Found>): Refusal | undefined {
  return found.migration
    ? undefined
    : notFound(`Migration ${call.params.migration_id ?? ''} not found for instance ${found.server?.id ?? ''}`);
}

/** The hosts are for administrators. */
function onHost(value: (one: Migration) => string): MigrationField['value'] {
  return ({ call, item: one }) =>
    isAllowed(call.cloud, call.caller, 'servers:migrations:index:host', undefined) ? value(one) : null;
}

/** Managers see those of their project. */
function isVisible({ cloud, caller }: ComputeCall, { projectId }: Migration): boolean {
  return projectId === caller.projectId || isAllowed(cloud, caller, 'os-migrations:index:all_projects', undefined);
}

function isWanted(asked: Readonly<Record<string, string>>, one: Migration, byOwner: boolean): boolean {
  const { host, instance_uuid, source_compute, status, migration_type, user_id, project_id } = asked;
  const has = (wanted: string | undefined, ...values: readonly string[]): boolean =>
    wanted === undefined || values.includes(wanted);
  const since = asked['changes-since'];
  const before = asked['changes-before'];
  // Databases store whole seconds.
  const changed = Math.floor(one.updatedAt.getTime() / 1000) * 1000;
  return (
    has(host, one.source, one.destination) &&
    has(instance_uuid, one.serverId) &&
    has(source_compute, one.source) &&
    has(status, one.status) &&
    has(migration_type, one.type) &&
    (!byOwner || (has(user_id, one.userId) && has(project_id, one.projectId))) &&
    (since === undefined || changed >= Date.parse(since)) &&
    (before === undefined || changed <= Date.parse(before))
  );
}

/** To the migration itself, as long as a client can act on it. */
function linksOf(call: ComputeCall, one: Migration): readonly JsonObject[] | undefined {
  return isLive(one) ? links(call, `servers/${one.serverId}/migrations/${one.id}`) : undefined;
}
