/** The operations on consoles of servers from 2.6 on, each declared once. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import {
  operation,
  type AcceptedCall,
  type DeclaredOperation,
  type RejectedCall,
  type ResourceUse,
} from '../../../src/clauses/define-operation.ts';
import { expectResponse, expectValue } from '../../../src/clauses/matchers.ts';
import { section } from '../../../src/clauses/written.ts';
import type { Json } from '../../../src/json.ts';
import { directSpice, requireConsole, tokenOf, vnc, type ConsoleType } from '../fixtures/consoles.ts';
import { deletedServer, serverToChange, serverToKeep, type Wanted } from '../fixtures/server-in-state.ts';
import type { StartState } from '../fixtures/server-states.ts';
import { server } from '../resource-types/server.ts';
import { observeServer } from '../rules/refusal.ts';
import { allowed, forbidden, forbiddenSince27 } from '../rules/roles.ts';
import { whoMayCall } from '../rules/sections.ts';

const file = 'remote-consoles.inc';
export const opening = section(file, 'Opened consoles');
export const connecting = section(file, 'Connections of consoles');

const ofServer: ResourceUse = { to: server, at: ['path server_id'], scope: 'project' };
const active: Wanted = { state: 'active' };
const admins = allowed(whoMayCall('An administrator may call every operation for the servers of every project.'));

export const createConsole = operation('compute/create-console-in-servers-remote-consoles', {
  call: 'POST /servers/{server_id}/remote-consoles',
  noun: 'A creation of a console',
  caller: 'member',
  resources: { server: ofServer },
  values: ['body /remote_console/protocol', 'body /remote_console/type'],
  oddMembers: {
    range: '2.99-',
    values: { protocol: ['', 'osc', 1, null, [], {}, '\u0000'], type: ['', 'osc', 1, null, [], {}, '\u0000'] },
  },
  accepted: (ctx) => accepted(ctx, active),
  rejected: (ctx) => rejected(ctx, active),
  removed: async (ctx) => ({ server: await deletedServer(ctx) }),
  roles: {
    member: allowed(opening('A member of the project may open consoles of its servers.')),
    admin: admins,
    reader: forbiddenSince27(opening('A reader may not open consoles.')),
    service: forbiddenSince27(opening('The service role alone gives no right to open consoles.')),
  },
  serverStates: {
    noun: 'A creation of a console of',
    quote: opening('A server without a host is answered with 409.'),
    quotes: { locked: opening('A locked server is accepted.') },
    refused: { 'shelved-offloaded': 'always' },
    faults: { 'shelved-offloaded': 'compute/create-console-in-servers-remote-consoles:drop-check:host' },
    locked: 'accepted',
    prepared: (ctx, state) => accepted(ctx, wantedIn(state)),
    rejectedIn: (ctx, state) => rejected(ctx, wantedIn(state)),
  },
  refusedFirst: ['body before resource', 'body before role', 'resource before role'],
});

export const showConnection = operation('compute/show-console-connection-information', {
  call: 'GET /os-console-auth-tokens/{console_token}',
  noun: 'A show of the connection of a console',
  caller: 'admin',
  reads: true,
  resources: { token: { to: { type: 'console-token', ids: 'uuid' }, at: ['path console_token'] } },
  statesUnknownQuery: true,
  accepted: async (ctx) => ({ resources: { token: await someToken(ctx) } }),
  views: {
    'of a console of the type spice-direct': {
      members: ['/console/tls_port'],
      accepted: async (ctx) => ({ resources: { token: await someToken(ctx, directSpice) } }),
    },
  },
  rejected: async (ctx) => ({
    resources: { token: await someToken(ctx) },
    unchanged: () => Promise.resolve([]),
    makeDirty: () => undefined,
  }),
  roles: {
    admin: allowed(connecting('An administrator may show the connections of the consoles of every project.')),
    member: forbidden(connecting('A member may not show the connection of a console.')),
    reader: forbidden(connecting('A reader may not show the connection of a console.')),
    service: forbiddenSince27(connecting('The service role alone gives no right to show the connection of a console.')),
  },
});

/** In the order of the contract. */
export const remoteConsoleOperations: readonly DeclaredOperation[] = [createConsole, showConnection];

export function bodyFor({ protocol, type }: Pick<ConsoleType, 'protocol' | 'type'>): Readonly<Record<string, Json>> {
  return { '/remote_console/protocol': protocol, '/remote_console/type': type };
}

async function accepted(ctx: CheckContext, wanted: Wanted): Promise<AcceptedCall> {
  await requireConsole(ctx, vnc);
  const own = await serverToChange(ctx, wanted);
  return { resources: { server: own }, body: bodyFor(vnc) };
}

async function rejected(ctx: CheckContext, wanted: Wanted): Promise<RejectedCall> {
  const { makeDirty, ...own } = await serverToKeep(ctx, wanted);
  return {
    resources: { server: own },
    body: bodyFor(vnc),
    shown: () => observeServer(ctx, own),
    unchanged: async () =>
      expectResponse(await observeServer(ctx, own), 200, (seen) =>
        expectValue(seen, '/server/OS-EXT-STS:task_state', null),
      ),
    makeDirty,
  };
}

async function someToken(ctx: CheckContext, wanted = vnc): ReturnType<typeof tokenOf> {
  const own = await serverToKeep(ctx, active);
  return tokenOf(ctx, own, wanted);
}

function wantedIn(state: string): Wanted {
  return state === 'locked' ? { ...active, isLocked: true } : { state: state as StartState };
}
