/** The operations on one server, each declared once. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { bodyOf, expectResponse, expectValue, type Checked } from '../../../src/clauses/matchers.ts';
import {
  operation,
  resourceIn,
  type DeclaredOperation,
  type RejectedCall,
  type Resources,
  type ResourceUse,
} from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { statusOf } from '../../../src/execution/poll.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import { atPointer, jsonList, type Json } from '../../../src/json.ts';
import { deletedServer, serverToChange, serverToKeep, type Wanted } from '../fixtures/server-in-state.ts';
import { serverStates, type StartState, type StateName } from '../fixtures/server-states.ts';
import { server } from '../resource-types/server.ts';
import { serverStatus } from '../resource-types/show-server.ts';
import { allowed, forbiddenSince27 } from '../rules/roles.ts';
import { observeServer } from '../rules/refusal.ts';
import { whoMayCall } from '../rules/sections.ts';

const file = 'server-lifecycle.inc';
export const deleting = section(file, 'Deleted servers');

const item = '/servers/{server_id}';
const ofServer: ResourceUse = { to: server, at: ['path server_id'], scope: 'project' };
const active: Wanted = { state: 'active' };
const states = Object.keys(serverStates) as readonly StateName[];

const admins = allowed(whoMayCall('An administrator may call every operation for the servers of every project.'));
const change = {
  member: allowed(deleting('A member of the project may delete its servers.')),
  admin: admins,
  reader: forbiddenSince27(deleting('A reader may not delete a server.')),
  service: forbiddenSince27(deleting('The service role alone gives no right to delete a server.')),
} as const;

/** A deleted server: the response to a show. */
export interface Deleted {
  readonly shown: Exchange;
}

export const deleteServer = operation<Deleted>('compute/delete-server', {
  call: `DELETE ${item}`,
  noun: 'A deletion of a server',
  caller: 'member',
  resources: { server: ofServer },
  accepted: (ctx) => toDelete(ctx, active),
  rejected: (ctx) => toKeep(ctx, active),
  removed,
  effect: (ctx, { server: own }) => (own ? deleted(ctx, own.id) : Promise.resolve([])),
  observe: async (ctx, resources) => {
    const { id } = resourceIn(resources, 'server');
    const incomplete = await deleted(ctx, id);
    if (incomplete.length > 0) return { incomplete };
    return { shown: await observeServer(ctx, { id }) };
  },
  roles: change,
  serverStates: {
    noun: 'A deletion of',
    quote: deleting('A server in any state can be deleted.'),
    quotes: {
      locked: deleting('A server that its owner has locked is not deleted: the request is answered with 409.'),
    },
    // A server that is deleted softly is deleted for good by another request, or not at all.
    accepted: Object.fromEntries(states.filter((state) => state !== 'soft-deleted').map((state) => [state, 'always'])),
    locked: 'refused',
    prepared: (ctx, state) => toDelete(ctx, { state: state as StartState }),
    rejectedIn: (ctx) => toKeep(ctx, { ...active, isLocked: true }),
  },
  refusedFirst: ['resource before role'],
});

export const singleServerOperations: readonly DeclaredOperation[] = [deleteServer];

async function toDelete(ctx: CheckContext, wanted: Wanted): ReturnType<DeclaredOperation['accepted']> {
  const { makeDirty, ...own } = await serverToChange(ctx, wanted);
  makeDirty();
  return { resources: { server: own } };
}

async function toKeep(ctx: CheckContext, wanted: Wanted): Promise<RejectedCall> {
  const { makeDirty, ...own } = await serverToKeep(ctx, wanted);
  return {
    resources: { server: own },
    shown: () => observeServer(ctx, own),
    unchanged: async () =>
      ctx.run.readOnly
        ? []
        : expectResponse(await observeServer(ctx, own), 200, (seen) => expectValue(seen, '/server/name', own.name)),
    makeDirty,
  };
}

async function removed(ctx: CheckContext): Promise<Resources> {
  return { server: await deletedServer(ctx) };
}

/** Waits until the server is not found, or is deleted softly. */
function deleted(ctx: CheckContext, id: string): Promise<readonly Finding[]> {
  return ctx.eventually({
    look: () => observeServer(ctx, { id }),
    until: (seen) => statusOf(seen) === 404 || serverStatus(seen) === 'SOFT_DELETED',
    expected: 'a server that is not found, or deleted softly',
    seen: (last) => serverStatus(last) ?? 'no server',
    timeoutMs: timeouts.server,
  });
}

/** The servers of the project. */
export function observeList(ctx: CheckContext): Promise<Exchange> {
  return ctx.send({ service: 'compute', method: 'GET', path: '/servers', purpose: 'observation' });
}

export function idsIn(listed: Checked): readonly (Json | undefined)[] {
  return jsonList(atPointer(bodyOf(listed), '/servers')).map((each) => atPointer(each, '/id'));
}
