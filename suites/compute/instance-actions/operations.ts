/** The operations on the recorded actions of a server, each declared once. */
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
import type { Exchange } from '../../../src/client/exchange.ts';
import { serverWithActions, type ServerWithActions } from '../fixtures/server-with-actions.ts';
import { server } from '../resource-types/server.ts';
import { allowed, forbiddenSince27 } from '../rules/roles.ts';
import { whoMayCall } from '../rules/sections.ts';

const collection = '/servers/{server_id}/os-instance-actions';
const who = section('instance-actions.inc', 'Who may read them');
const ofServer: ResourceUse = { to: server, at: ['path server_id'], scope: 'project' };

const roles: OperationDeclaration['roles'] = {
  reader: allowed(who('A reader of the project may list and show the actions of its servers.')),
  admin: allowed(whoMayCall('An administrator may call every operation for the servers of every project.')),
  service: forbiddenSince27(who('The service role alone gives no right to the actions of servers.')),
};

/** Long before and long after every action. */
export const early = '2020-01-01T00:00:00Z';
export const late = '2100-01-01T00:00:00Z';

export const listActions = operation('compute/list-actions-for-server', {
  call: `GET ${collection}`,
  noun: 'A list of actions',
  caller: 'member',
  reads: true,
  resources: { server: ofServer },
  query: { limit: '1', 'changes-since': early, 'changes-before': late },
  statesUnknownQuery: true,
  accepted: async (ctx) => {
    const own = await serverWithActions(ctx);
    const isPaged = isSince(ctx.microversion, '2.58');
    return {
      resources: ofThe(own),
      query: { marker: own.actions[0].id },
      ...(isPaged && { asked: 'limit=1' }),
    };
  },
  rejected: (ctx) => unchanged(ctx, ofThe),
  roles,
});

export const showAction = operation('compute/show-server-action-details', {
  call: `GET ${collection}/{request_id}`,
  noun: 'A request for an action',
  caller: 'member',
  // Others see none up to 2.50, and not all members of them.
  views: { 'by an administrator': { as: 'admin', members: ['/instanceAction/events'] } },
  reads: true,
  resources: {
    server: ofServer,
    action: { to: { type: 'server-action' }, at: ['path request_id'], part: 'existing' },
  },
  statesUnknownQuery: true,
  accepted: async (ctx): Promise<AcceptedCall> => ({ resources: withAction(await serverWithActions(ctx)) }),
  rejected: (ctx) => unchanged(ctx, withAction),
  roles,
});

/** In the order of the contract. */
export const instanceActionOperations: readonly DeclaredOperation[] = [listActions, showAction];

export function ofThe({ server: own }: Pick<ServerWithActions, 'server'>): Resources {
  return { server: own };
}

/** Its last action, unless another one is named. */
export function withAction({ server: own, actions: [last] }: ServerWithActions, { id } = last): Resources {
  return { server: own, action: { id } };
}

async function unchanged(ctx: CheckContext, resourcesOf: (own: ServerWithActions) => Resources): Promise<RejectedCall> {
  const { makeDirty, ...own } = await serverWithActions(ctx);
  return {
    resources: resourcesOf(own),
    shown: () => observeAction(ctx, own),
    unchanged: () => Promise.resolve([]),
    makeDirty,
  };
}

function observeAction(ctx: CheckContext, { server: { id }, actions: [last] }: ServerWithActions): Promise<Exchange> {
  return ctx.call(showAction.id, { path: { server_id: id, request_id: last.id }, purpose: 'observation' });
}
