/** The operations on one server, each declared once. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { expectResponse, expectValue, type Checked } from '../../../src/clauses/matchers.ts';
import {
  operation,
  resourceIn,
  type AcceptedCall,
  type DeclaredOperation,
  type OperationDeclaration,
  type RejectedCall,
  type Resources,
  type ResourceUse,
  type View,
} from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { statusOf } from '../../../src/execution/poll.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import type { Json } from '../../../src/json.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import {
  deletedServer,
  serverToChange,
  serverToKeep,
  serverWithVolume,
  type Wanted,
} from '../fixtures/server-in-state.ts';
import { serverStates, startStates, vmStateOf, type StartState, type StateName } from '../fixtures/server-states.ts';
import { failedServer } from '../fixtures/failed-server.ts';
import { server, type Server } from '../resource-types/server.ts';
import { serverStatus } from '../resource-types/show-server.ts';
import { allowed, forbiddenSince27 } from '../rules/roles.ts';
import { observeServer } from '../rules/refusal.ts';
import { whoMayCall } from '../rules/sections.ts';

const file = 'server-lifecycle.inc';
export const showing = section(file, 'Shown servers');
export const changing = section(file, 'Changed servers');
export const deleting = section(file, 'Deleted servers');

const item = '/servers/{server_id}';
const ofServer: ResourceUse = { to: server, at: ['path server_id'], scope: 'project' };
const active: Wanted = { state: 'active' };
const states = Object.keys(serverStates) as readonly StateName[];
const always = Object.fromEntries(states.map((state) => [state, 'always']));

const admins = allowed(whoMayCall('An administrator may call every operation for the servers of every project.'));
const change = {
  member: allowed(changing('A member of the project may update and delete its servers.')),
  admin: admins,
  reader: forbiddenSince27(changing('A reader may neither update nor delete a server.')),
  service: forbiddenSince27(changing('The service role alone gives no right to update or delete a server.')),
} as const;

const onlyAdmins = showing('Only administrators are shown where a server runs, and how it was started.');

/**
 * Requests for servers whose members stand below a pointer, with members that those of a member of the project lack.
 * `since`: the microversion from which the response has them.
 */
export function serverViews(
  parent: string,
  since: string,
  request: {
    readonly admin?: View['accepted'];
    readonly member?: View['accepted'];
    readonly failed: (ctx: CheckContext, server: Server) => AcceptedCall;
    readonly failedForAdmin?: (ctx: CheckContext, server: Server) => AcceptedCall;
  },
): NonNullable<OperationDeclaration['views']> {
  const attribute = (name: string): string => `${parent}/OS-EXT-SRV-ATTR:${name}`;
  return {
    'by an administrator': {
      as: 'admin',
      members: [
        attribute('host'),
        ...['hypervisor_hostname', 'instance_name', 'kernel_id', 'launch_index', 'ramdisk_id'].map(attribute),
        ...['reservation_id', 'root_device_name', 'user_data'].map(attribute),
        `${parent}/host_status`,
      ],
      only: { quote: onlyAdmins, range: since },
      ...(request.admin && { accepted: request.admin }),
    },
    // Everybody is shown it from 2.90 on.
    'by an administrator, for the hostname': {
      as: 'admin',
      members: [attribute('hostname')],
      ...(request.admin && { accepted: request.admin }),
    },
    'of a server with a port': {
      members: [`${parent}/security_groups`],
      capabilities: ['networks'],
      ...(request.member && { accepted: request.member }),
    },
    'of a failed server, by an administrator': {
      as: 'admin',
      members: [`${parent}/fault/details`],
      accepted: async (ctx) => (request.failedForAdmin ?? request.failed)(ctx, await failedServer(ctx)),
    },
    'of a failed server': {
      members: [`${parent}/fault`],
      accepted: async (ctx) => request.failed(ctx, await failedServer(ctx)),
    },
  };
}

export const showServer = operation('compute/show-server-details', {
  call: `GET ${item}`,
  noun: 'A show of a server',
  caller: 'member',
  reads: true,
  resources: { server: ofServer },
  statesUnknownQuery: true,
  accepted: async (ctx) => ({ resources: { server: await serverWithVolume(ctx, 'kept') } }),
  views: serverViews('/server', '2.1-', { failed: (_, server) => ({ resources: { server } }) }),
  rejected: (ctx) => toKeep(ctx, active),
  removed,
  roles: {
    reader: allowed(showing('A reader of the project may show its servers.')),
    admin: admins,
    service: forbiddenSince27(showing('The service role alone gives no right to show a server.')),
  },
  serverStates: {
    noun: 'The details of',
    quote: showing('The response to a show has the server of the path, in whatever state it is.'),
    unaffected: {
      verb: 'shown',
      killedBy: () => ['compute:shown-servers-are-active'],
      prepared: async (ctx, state) => {
        const own = await serverToKeep(ctx, { state: state as StartState });
        return {
          resources: { server: own },
          judge: (response) => expectResponse(response, 200, (seen) => expectShown(seen, own.id, state as StartState)),
        };
      },
    },
  },
});

/** An updated server, as a show has it. */
export interface Updated {
  readonly shown: Exchange;
}

/** The values of an update, by pointer; the name and the pinned zone aside. */
export const updates: Readonly<Record<string, Json>> = {
  '/server/accessIPv4': '192.0.2.17',
  '/server/accessIPv6': '2001:db8::17',
  '/server/OS-DCF:diskConfig': 'AUTO',
  '/server/description': 'osc, changed',
  '/server/hostname': 'osc-changed',
  '/server/pinned_availability_zone': null,
};

export const updateServer = operation<Updated>('compute/update-server', {
  call: `PUT ${item}`,
  noun: 'An update of a server',
  caller: 'member',
  resources: { server: ofServer },
  unshown: {
    '/server/scheduler_hints':
      'Only a server that was created with hints shows them, and whether a scheduler knows a hint depends on its filters.',
  },
  values: ['body /server/name', ...Object.keys(updates).map((pointer) => `body ${pointer as `/${string}`}` as const)],
  oddMembers: {
    range: '2.90-',
    values: {
      name: ['', ' ', 1, null, [], {}, '\u0000', '💩', 'x'.repeat(256)],
      accessIPv4: ['', 'osc', 1, null, '::1', '999.1.1.1'],
      accessIPv6: ['', 'osc', 1, null, '192.0.2.1'],
      description: [1, [], {}, '\u0000', '💩', 'x'.repeat(256)],
      hostname: ['', '-', 'a..b', 1, null, 'x'.repeat(256)],
    },
  },
  accepted: async (ctx) => ({
    resources: { server: await serverWithVolume(ctx, 'changed') },
    ...(await changes(ctx)),
  }),
  views: serverViews('/server', '2.75-', {
    // Other cases look for it by its name.
    failed: (_, server) => ({ resources: { server }, body: { '/server/name': server.name } }),
  }),
  rejected: async (ctx) => ({ ...(await toKeep(ctx, active)), ...(await changes(ctx)) }),
  removed,
  observe: async (ctx, resources) => ({
    shown: await observeServer(ctx, resourceIn(resources, 'server'), formatMicroversion(ctx.microversion)),
  }),
  roles: change,
  serverStates: {
    noun: 'An update of',
    quote: changing('A server in any state can be updated.'),
    quotes: { locked: changing('A locked server can be updated.') },
    ...{ accepted: always, locked: 'accepted' },
    prepared: (ctx, state) =>
      accepted(ctx, state === 'locked' ? { ...active, isLocked: true } : { state: state as StartState }),
  },
  refusedFirst: ['resource before role'],
});

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

export const singleServerOperations: readonly DeclaredOperation[] = [showServer, updateServer, deleteServer];

/** A server with this id, in this state. */
function expectShown(seen: Checked, id: string, state: StartState): readonly Finding[] {
  return [
    ...expectValue(seen, '/server/id', id),
    ...expectValue(seen, '/server/status', statusIn(state)),
    ...expectValue(seen, '/server/OS-EXT-STS:vm_state', vmStateOf(state)),
  ];
}

function statusIn(state: StartState): string {
  return state === 'soft-deleted' ? 'SOFT_DELETED' : (startStates[state].steps.at(-1)?.status ?? 'ACTIVE');
}

/** The name of an updated server is one of the run. */
export function newServerName(ctx: CheckContext): Promise<string> {
  return ctx.newName(server, 'renamed');
}

async function changes(ctx: CheckContext): Promise<Pick<AcceptedCall, 'body' | 'members'>> {
  const name = { '/server/name': await newServerName(ctx) };
  return { body: name, members: { ...updates, ...name } };
}

async function accepted(ctx: CheckContext, wanted: Wanted): ReturnType<DeclaredOperation['accepted']> {
  const own = await serverToChange(ctx, wanted);
  return { resources: { server: own }, ...(await changes(ctx)) };
}

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
