/** The two lists of servers, each declared once: the short one and that in detail. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import {
  operation,
  type AcceptedCall,
  type DeclaredOperation,
  type OperationDeclaration,
} from '../../../src/clauses/define-operation.ts';
import { section } from '../../../src/clauses/written.ts';
import type { OperationId } from '../../../src/contract/model.ts';
import { serverWithVolume } from '../fixtures/server-in-state.ts';
import type { Server } from '../resource-types/server.ts';
import { allowed, forbiddenSince27 } from '../rules/roles.ts';
import { serverViews } from './operations.ts';

export const listing = section('server-lifecycle.inc', 'Lists of servers');

const roles = {
  reader: allowed(listing('A reader of the project may list its servers.')),
  service: forbiddenSince27(listing('The service role alone gives no right to list servers.')),
} as const;

/** Values that any list takes, whether it applies them or passes over them. */
const query: Readonly<Record<string, string>> = {
  ...{ access_ip_v4: '192.0.2.1', access_ip_v6: '2001:db8::1', all_tenants: '0', auto_disk_config: 'AUTO' },
  ...{ availability_zone: 'nova', 'changes-since': '2020-01-01T00:00:00Z', 'changes-before': '2099-01-01T00:00:00Z' },
  ...{ config_drive: 'True', created_at: '2020-01-01T00:00:00Z', deleted: '0', description: 'osc', flavor: '1' },
  ...{ host: 'osc', hostname: 'osc', image: '11111111-1111-4111-8111-111111111111', ip: '192.0.2', ip6: '2001' },
  ...{ kernel_id: 'osc', key_name: 'osc', launch_index: '0', launched_at: '2020-01-01T00:00:00Z', limit: '1' },
  ...{ locked: 'true', locked_by: 'owner', name: 'osc', node: 'osc', power_state: '1', progress: '100' },
  ...{ project_id: 'osc', ramdisk_id: 'osc', reservation_id: 'r-osc', root_device_name: 'osc', soft_deleted: '0' },
  ...{ sort_dir: 'asc', sort_key: 'display_name', status: 'ACTIVE', task_state: 'deleting', tenant_id: 'osc' },
  ...{ terminated_at: '2020-01-01T00:00:00Z', user_id: 'osc', uuid: 'osc', vm_state: 'active' },
  ...{ tags: 'osc', 'tags-any': 'osc', 'not-tags': 'osc', 'not-tags-any': 'osc' },
  ...{ display_name: 'osc', display_description: 'osc', image_ref: '11111111-1111-4111-8111-111111111111' },
};

function serverList(
  id: OperationId,
  call: OperationDeclaration['call'],
  noun: string,
  more: Pick<Partial<OperationDeclaration>, 'wrongQuery' | 'views' | 'unshown' | 'refusedFirst'>,
): DeclaredOperation {
  return operation(id, {
    ...{ call, noun, caller: 'member', reads: true, resources: {}, query, roles, ...more },
    accepted: async (ctx) => {
      const own = await listed(ctx);
      return { ...only(own), query: { marker: own.id } };
    },
    rejected: async (ctx) => {
      const { id: marker } = await listed(ctx);
      const unchanged = { unchanged: () => Promise.resolve([]), makeDirty: () => undefined };
      return { resources: {}, query: { marker }, ...unchanged };
    },
  });
}

const leased = new WeakMap<CheckContext, Promise<Server>>();

/** A server that the lists have; the same one for all requests of a case. */
export function listed(ctx: CheckContext): Promise<Server> {
  const own = leased.get(ctx) ?? serverWithVolume(ctx, 'kept');
  leased.set(ctx, own);
  return own;
}

/** The list of this server alone. */
function only({ name }: Pick<Server, 'name'>, more = ''): AcceptedCall {
  return { resources: {}, asked: `name=${name}${more}` };
}

const nextPage: NonNullable<OperationDeclaration['views']> = {
  'with a next page': {
    members: ['/servers_links'],
    accepted: async (ctx) => only(await listed(ctx), '&limit=1'),
  },
};

const missingParts = 'Only servers of a part of the deployment that does not respond are listed by their status alone.';

export const listServers = serverList('compute/list-servers', 'GET /servers', 'A list of servers', {
  wrongQuery: { query: 'limit=osc', words: 'a wrong query' },
  refusedFirst: ['query before role'],
  views: nextPage,
  unshown: { '/servers/[]/status': missingParts },
});

export const listServersInDetail = serverList(
  'compute/list-servers-detailed',
  'GET /servers/detail',
  'A list of servers in detail',
  {
    wrongQuery: { query: 'limit=osc', words: 'a wrong query' },
    refusedFirst: ['query before role'],
    views: {
      ...nextPage,
      ...serverViews('/servers/[]', '2.1-', {
        admin: async (ctx) => only(await listed(ctx), '&all_tenants=1'),
        failed: (_, failed) => only(failed),
        failedForAdmin: (_, failed) => only(failed, '&all_tenants=1'),
      }),
    },
  },
);

export const serverLists = [listServers, listServersInDetail] as const;
