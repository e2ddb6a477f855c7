/** The operations that list and show migrations, each declared once. */
import { isSince } from '../../../src/microversion.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import {
  operation,
  type AcceptedCall,
  type DeclaredOperation,
  type OperationDeclaration,
  type RejectedCall,
  type Resources,
  type ResourceUse,
} from '../../../src/clauses/define-operation.ts';
import { section } from '../../../src/clauses/written.ts';
import { movedServer, movingServer, type MovedServer } from '../fixtures/migrations.ts';
import { serverToKeep } from '../fixtures/server-in-state.ts';
import { server } from '../resource-types/server.ts';
import { allowed, forbidden, forbiddenSince27 } from '../rules/roles.ts';
import { observeServer } from '../rules/refusal.ts';
import { whoMayCall } from '../rules/sections.ts';
import { abortMigration, forceCompletion } from './ending.ts';

const file = 'migrations.inc';
const ofAll = section(file, 'List of all migrations');
const ofOne = section(file, 'Migrations of a server');
const ofServer: ResourceUse = { to: server, at: ['path server_id'], scope: 'project' };

/** Long before and long after every migration. */
export const early = '2020-01-01T00:00:00Z';
export const late = '2100-01-01T00:00:00Z';

export const listMigrations = operation('compute/list-migrations-in-os-migrations', {
  call: 'GET /os-migrations',
  noun: 'A list of migrations',
  caller: 'admin',
  reads: true,
  resources: {},
  query: {
    ...{ hidden: '0', host: 'osc', instance_uuid: 'osc', source_compute: 'osc', status: 'osc' },
    ...{ migration_type: 'resize', limit: '1', 'changes-since': early, 'changes-before': late },
    ...{ user_id: 'osc', project_id: 'osc' },
  },
  statesUnknownQuery: true,
  accepted: async (ctx) => {
    const { server: own, migrations } = await movedServer(ctx);
    const isPaged = isSince(ctx.microversion, '2.59');
    const [{ uuid }] = migrations;
    return {
      resources: {},
      ...(uuid !== undefined && { query: { marker: uuid } }),
      asked: `instance_uuid=${own.id}${isPaged ? '&limit=1' : ''}`,
    };
  },
  views: {
    'of a migration in progress': {
      members: ['/migrations/[]/links'],
      preparers: ['admin'],
      accepted: async (ctx) => ({ resources: {}, asked: `instance_uuid=${(await movingServer(ctx)).server.id}` }),
    },
  },
  rejected: () => Promise.resolve({ resources: {}, ...unchangedByReading }),
  roles: {
    member: forbidden(ofAll('Neither a member nor a reader of a project may list migrations.')),
    reader: forbidden(ofAll('Neither a member nor a reader of a project may list migrations.')),
    service: forbiddenSince27(ofAll('The service role alone gives no right to list migrations.')),
  },
});

const reading: OperationDeclaration['roles'] = {
  admin: allowed(whoMayCall('An administrator may call every operation for the servers of every project.')),
  member: forbidden(
    ofOne('Neither a member nor a reader of the project may list or show the migrations of its servers.'),
  ),
  reader: forbidden(
    ofOne('Neither a member nor a reader of the project may list or show the migrations of its servers.'),
  ),
  service: forbiddenSince27(ofOne('The service role alone gives no right to list or show the migrations of servers.')),
};

export const listOfServer = operation('compute/list-migrations-in-server-migrations', {
  call: 'GET /servers/{server_id}/migrations',
  noun: 'A list of the migrations of a server',
  caller: 'admin',
  reads: true,
  resources: { server: ofServer },
  statesUnknownQuery: true,
  accepted: async (ctx) => ({ resources: { server: (await movingServer(ctx)).server } }),
  rejected: (ctx) => ofKept(ctx, (own) => ({ server: own })),
  roles: reading,
  refusedFirst: ['resource before role'],
});

export const showOfServer = operation('compute/show-migration-details', {
  call: 'GET /servers/{server_id}/migrations/{migration_id}',
  noun: 'A request for a migration of a server',
  caller: 'admin',
  reads: true,
  resources: {
    server: ofServer,
    migration: { to: { type: 'migration' }, at: ['path migration_id'], part: 'existing' },
  },
  statesUnknownQuery: true,
  accepted: async (ctx): Promise<AcceptedCall> => {
    const { server: own, id } = await movingServer(ctx);
    return { resources: { server: own, migration: { id } } };
  },
  rejected: (ctx) => ofKept(ctx, (own) => ({ server: own, migration: { id: ctx.uuid() } })),
  roles: reading,
  refusedFirst: ['resource before role'],
});

/** In the order of the contract. */
export const migrationOperations: readonly DeclaredOperation[] = [
  listMigrations,
  listOfServer,
  showOfServer,
  forceCompletion,
  abortMigration,
];

const unchangedByReading: Pick<RejectedCall, 'unchanged' | 'makeDirty'> = {
  unchanged: () => Promise.resolve([]),
  makeDirty: () => undefined,
};

/** A request for a server that does not move. */
async function ofKept(
  ctx: CheckContext,
  resourcesOf: (own: MovedServer['server']) => Resources,
): Promise<RejectedCall> {
  const { makeDirty, ...own } = await serverToKeep(ctx, { state: 'active' });
  return { resources: resourcesOf(own), shown: () => observeServer(ctx, own), ...unchangedByReading, makeDirty };
}
