/** What can be read of a server beside its details, each operation declared once. */
import { bodyOf, respondedWith } from '../../../src/clauses/checked.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import {
  operation,
  resourceIn,
  type AcceptedCall,
  type DeclaredOperation,
  type Named,
  type OperationDeclaration,
  type RejectedCall,
  type Resources,
  type ResourceUse,
} from '../../../src/clauses/define-operation.ts';
import { expectResponse, expectValue } from '../../../src/clauses/matchers.ts';
import { section } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { NotBound } from '../../../src/execution/errors.ts';
import { atPointer, jsonList, jsonObject } from '../../../src/json.ts';
import { deletedServer, serverToChange, type Wanted } from '../fixtures/server-in-state.ts';
import { itemsToKeep } from '../fixtures/server-with-items.ts';
import { serverStates, type StartState, type StateName } from '../fixtures/server-states.ts';
import { server } from '../resource-types/server.ts';
import { control, observeServer } from '../rules/refusal.ts';
import { allowed, forbidden, forbiddenSince27 } from '../rules/roles.ts';
import { whoMayCall } from '../rules/sections.ts';

const file = 'server-details.inc';
export const every = section(file, 'Every detail');
export const ofAddresses = section(file, 'Addresses');
export const ofGroups = section(file, 'Security groups');
export const ofPassword = section(file, 'Password');
export const ofDiagnostics = section(file, 'Diagnostics');
export const ofTopology = section(file, 'Topology');

const item = '/servers/{server_id}';
const ofServer: ResourceUse = { to: server, at: ['path server_id'], scope: 'project' };
const active: Wanted = { state: 'active' };
const withPort: Wanted = { ...active, hasPort: true };
const noPorts = 'The server has no port, because the target has no network.';
const states = Object.keys(serverStates) as readonly StateName[];

const admins = allowed(whoMayCall('An administrator may call every operation for the servers of every project.'));
const readers = {
  reader: allowed(
    every(
      'A reader of the project may read the addresses, the security groups, the password and the topology of its servers.',
    ),
  ),
  admin: admins,
  service: forbiddenSince27(every('The service role alone gives no right to read them.')),
} as const;
const shownAlways = every('They are shown in every state of the server, and while it is locked.');
const adminsOnly = forbidden(ofDiagnostics('Only an administrator may read the diagnostics of a server.'));

/** A read that no state and no lock of the server affects. */
function reading<O = unknown>(noun: string, path: string, wanted: Wanted = active): OperationDeclaration<O> {
  return {
    call: `GET ${item}/${path}`,
    noun,
    caller: 'member',
    reads: true,
    resources: { server: ofServer },
    accepted: (ctx) => kept(ctx, wanted),
    rejected: (ctx) => toKeep(ctx, wanted),
    // The label of a server that was deleted is not found either, whether or not the server is.
    ...(!path.includes('{') && { removed }),
    roles: readers,
    serverStates: {
      noun: `${noun} of`,
      quote: shownAlways,
      accepted: Object.fromEntries(states.map((state) => [state, 'always'])),
      locked: 'accepted',
      prepared: (ctx, state) => kept(ctx, wantedIn(state)),
    },
  };
}

/** The server itself. */
export interface Beside {
  readonly shown: Exchange;
}

const beside = async (ctx: CheckContext, resources: Resources): Promise<Beside> => ({
  shown: await observeServer(ctx, resourceIn(resources, 'server')),
});

export const listAddresses = operation<Beside>('compute/list-ips', {
  ...reading('A list of addresses', 'ips', withPort),
  views: { 'of a server with a port': { members: ['/addresses/{}'], capabilities: ['networks'] } },
  observe: beside,
});

/** All addresses of the server. */
export interface Listed {
  readonly listed: Exchange;
}

export const showAddresses = operation<Listed>('compute/show-ip-details', {
  ...reading('A request for the addresses in a network', 'ips/{network_label}', withPort),
  resources: {
    server: ofServer,
    label: { to: { type: 'network-label' }, at: ['path network_label'], part: 'existing' },
  },
  accepted: (ctx) => labelled(ctx, withPort),
  rejected: async (ctx) => ({ ...(await toKeep(ctx, withPort)), ...(await labelled(ctx, withPort)) }),
  observe: async (ctx, resources) => ({ listed: await observeAddresses(ctx, resourceIn(resources, 'server')) }),
  serverStates: {
    noun: 'A request for the addresses in a network of',
    quote: shownAlways,
    accepted: Object.fromEntries(states.map((state) => [state, 'always'])),
    locked: 'accepted',
    prepared: (ctx, state) => labelled(ctx, { ...wantedIn(state), hasPort: true }),
  },
});

export const listSecurityGroups = operation<Beside>('compute/list-security-groups-by-server', {
  ...reading('A list of the security groups', 'os-security-groups', withPort),
  views: { 'of a server with a port': { members: ['/security_groups/[]'], capabilities: ['networks'] } },
  observe: beside,
});

export const showPassword = operation(
  'compute/show-server-password',
  reading('A request for the password', 'os-server-password'),
);

export const showTopology = operation('compute/show-server-topology', {
  ...reading('A request for the topology', 'topology'),
  views: {
    'by an administrator': {
      as: 'admin',
      members: ['/nodes/[]'],
      accepted: async (ctx) => {
        const call = await kept(ctx, active);
        const { server: own } = call.resources;
        const path = { server_id: own?.id ?? '' };
        const shown = await ctx.call('compute/show-server-topology', { path, as: 'admin', purpose: 'observation' });
        const { nodes } = jsonObject(bodyOf(control(shown, 'the topology of the server')));
        if (jsonList(nodes).length > 0) return call;
        throw new NotBound('The server has no NUMA topology: its flavor asks for none.');
      },
    },
  },
});

/** The password afterwards, and the server. */
export interface Cleared {
  readonly password: Exchange;
  readonly shown: Exchange;
}

export const clearPassword = operation<Cleared>('compute/clear-admin-password', {
  call: `DELETE ${item}/os-server-password`,
  noun: 'A request that clears the password',
  caller: 'member',
  resources: { server: ofServer },
  accepted: (ctx) => toChange(ctx, active),
  rejected: keepsPassword,
  removed,
  observe: async (ctx, resources) => {
    const own = resourceIn(resources, 'server');
    return { password: await observePassword(ctx, own), shown: await observeServer(ctx, own) };
  },
  roles: {
    member: allowed(ofPassword('A member of the project may clear the password of its servers.')),
    admin: admins,
    reader: forbiddenSince27(ofPassword('A reader may not clear a password.')),
    service: forbiddenSince27(ofPassword('The service role alone gives no right to clear a password.')),
  },
  serverStates: {
    noun: 'A request that clears the password of',
    quote: ofPassword('The password can be cleared in every state of the server, and while it is locked.'),
    accepted: Object.fromEntries(states.map((state) => [state, 'always'])),
    locked: 'accepted',
    prepared: (ctx, state) => toChange(ctx, wantedIn(state)),
  },
  refusedFirst: ['resource before role'],
});

const whileRunning = ofDiagnostics(
  'The diagnostics of a server that runs are shown while it waits for the confirmation of a resize, or is locked.',
);

export const showDiagnostics = operation('compute/show-server-diagnostics', {
  call: `GET ${item}/diagnostics`,
  noun: 'A request for the diagnostics',
  caller: 'admin',
  reads: true,
  resources: { server: ofServer },
  views: { 'of a server with a port': { members: ['/nic_details/[]'], capabilities: ['networks'] } },
  accepted: (ctx) => kept(ctx, withPort),
  rejected: (ctx) => toKeep(ctx, withPort),
  roles: { admin: admins, member: adminsOnly, reader: adminsOnly, service: adminsOnly },
  serverStates: {
    noun: 'A request for the diagnostics of',
    quote: ofDiagnostics('The diagnostics of a server that is stopped or shelved are answered with 409.'),
    quotes: { resized: whileRunning, locked: whileRunning },
    accepted: { resized: 'always' },
    refused: { stopped: 'always', shelved: 'always', 'shelved-offloaded': 'always' },
    faults: { 'shelved-offloaded': 'compute:diagnostics-of-servers-without-host' },
    locked: 'accepted',
    prepared: (ctx, state) => kept(ctx, wantedIn(state)),
    rejectedIn: (ctx, state) => toKeep(ctx, wantedIn(state)),
  },
});

export const serverDetailOperations: readonly DeclaredOperation[] = [
  listSecurityGroups,
  showDiagnostics,
  listAddresses,
  showAddresses,
  showPassword,
  clearPassword,
  showTopology,
];

function wantedIn(state: string): Wanted {
  return state === 'locked' ? { ...active, isLocked: true } : { state: state as StartState };
}

async function kept(ctx: CheckContext, wanted: Wanted): Promise<AcceptedCall> {
  return { resources: { server: (await itemsToKeep(ctx, wanted)).server } };
}

/** The label of one of its networks. @throws NotBound where it has none */
async function labelled(ctx: CheckContext, wanted: Wanted): Promise<AcceptedCall> {
  const { resources } = await kept(ctx, wanted);
  const listed = control(await observeAddresses(ctx, resourceIn(resources, 'server')), 'the addresses of the server');
  const [label] = Object.keys(jsonObject(atPointer(bodyOf(listed), '/addresses')));
  if (label === undefined) throw new NotBound(noPorts);
  return { resources: { ...resources, label: { id: label } } };
}

async function toKeep(ctx: CheckContext, wanted: Wanted): Promise<RejectedCall> {
  const { server: own, makeDirty } = await itemsToKeep(ctx, wanted);
  return {
    resources: { server: own },
    shown: () => observeServer(ctx, own),
    unchanged: () => Promise.resolve([]),
    makeDirty,
  };
}

async function removed(ctx: CheckContext): Promise<Resources> {
  return { server: await deletedServer(ctx) };
}

/** A server whose password no case has cleared before: only its guest stores a new one. */
async function toChange(ctx: CheckContext, wanted: Wanted): Promise<AcceptedCall> {
  const { makeDirty, ...own } = await serverToChange(ctx, wanted);
  makeDirty();
  return { resources: { server: own } };
}

async function keepsPassword(ctx: CheckContext): Promise<RejectedCall> {
  const target = await toKeep(ctx, active);
  const own = resourceIn(target.resources, 'server');
  const before = respondedWith(await observePassword(ctx, own), 200);
  const password = before && atPointer(bodyOf(before), '/password');
  const unchanged: RejectedCall['unchanged'] = async () =>
    password === undefined
      ? []
      : expectResponse(await observePassword(ctx, own), 200, (seen) => expectValue(seen, '/password', password));
  return { ...target, unchanged };
}

/** All addresses of the server, as the member sees them. */
function observeAddresses(ctx: CheckContext, { id }: Named): Promise<Exchange> {
  return ctx.call('compute/list-ips', { path: { server_id: id }, purpose: 'observation' });
}

function observePassword(ctx: CheckContext, { id }: Named): Promise<Exchange> {
  return ctx.call('compute/show-server-password', { path: { server_id: id }, purpose: 'observation' });
}
