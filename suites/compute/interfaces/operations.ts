/** The operations on the interfaces of a server, each declared once. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import {
  operation,
  resourceIn,
  type AcceptedCall,
  type DeclaredOperation,
  type Named,
  type NotCompleted,
  type OperationDeclaration,
  type RejectedCall,
  type Resources,
  type ResourceUse,
  type ServerStateRules,
} from '../../../src/clauses/define-operation.ts';
import { bodyOf, expectResponse, type Checked } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { statusOf } from '../../../src/execution/poll.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import { atPointer, jsonList, jsonText, type Json } from '../../../src/json.ts';
import { port as portType } from '../../network/port.ts';
import { serverStates, type StartState, type StateName } from '../fixtures/server-states.ts';
import type { Wanted } from '../fixtures/server-in-state.ts';
import {
  deletedWithPort,
  freeAddress,
  portNetwork,
  portToChange,
  portToKeep,
  type ServerWithPort,
} from '../fixtures/server-with-port.ts';
import { eventuallyLogged } from '../observe-actions.ts';
import { server } from '../resource-types/server.ts';
import { allowed, forbiddenSince27 } from '../rules/roles.ts';
import { whoMayCall } from '../rules/sections.ts';

const file = 'server-interfaces.inc';
export const every = section(file, 'Every interface');

const collection = '/servers/{server_id}/os-interface';
const item = `${collection}/{port_id}` as const;
const ofServer: ResourceUse = { to: server, at: ['path server_id'], scope: 'project' };
const portOf = (part: NonNullable<ResourceUse['part']>): ResourceUse => ({
  ...{ to: { type: 'port' }, at: ['path port_id'], part },
});
const active: Wanted = { state: 'active' };
const states = Object.keys(serverStates) as readonly StateName[];
const possible = ['paused', 'stopped'] as const;

const admins = allowed(whoMayCall('An administrator may call every operation for the servers of every project.'));
const noService = forbiddenSince27(every('The service role alone gives no right to interfaces.'));
const reading = {
  reader: allowed(every('A reader of the project may list and show the interfaces of its servers.')),
  admin: admins,
  service: noService,
} as const;
const changing = {
  member: allowed(every('A member of the project may create and detach the interfaces of its servers.')),
  admin: admins,
  reader: forbiddenSince27(every('A reader may not create or detach interfaces.')),
  service: noService,
} as const;

type RequestFor = (own: Pick<ServerWithPort, 'server' | 'port'>) => AcceptedCall;

const ofThe: RequestFor = ({ server: own }) => ({ resources: { server: own } });
const withPort: RequestFor = ({ server: own, port }) => ({ resources: { server: own, port } });

/** What the two operations that read interfaces have in common. */
function read(
  noun: string,
  request: RequestFor,
): Pick<
  OperationDeclaration,
  'noun' | 'caller' | 'reads' | 'capabilities' | 'accepted' | 'rejected' | 'removed' | 'roles' | 'serverStates'
> {
  return {
    noun,
    caller: 'member',
    reads: true,
    capabilities: ['networks'],
    accepted: async (ctx) => request(await portToKeep(ctx, active)),
    rejected: (ctx) => unchanged(ctx, request, active),
    removed: async (ctx) => request(await deletedWithPort(ctx)).resources,
    roles: reading,
    serverStates: {
      noun: `${noun} of`,
      quote: every('Interfaces are listed and shown in every state of the server, and while it is locked.'),
      accepted: Object.fromEntries(states.map((state) => [state, 'always'])),
      locked: 'accepted',
      prepared: async (ctx, state) => request(await portToKeep(ctx, wantedIn(state))),
    },
  };
}

export const listInterfaces = operation('compute/list-port-interfaces', {
  ...read('A list of interfaces', ofThe),
  call: `GET ${collection}`,
  resources: { server: ofServer },
});

export const showInterface = operation('compute/show-port-interface-details', {
  ...read('A request for an interface', withPort),
  call: `GET ${item}`,
  resources: { server: ofServer, port: portOf('existing') },
});

/** What a creation or a detach has led to. */
export interface Changed {
  /** The interfaces afterwards. */
  readonly listed: Exchange;
  /** The port that was detached, as the network service has it. */
  readonly port?: Exchange;
  /** Findings on its entry among the actions of the server. */
  readonly logged: readonly Finding[];
}

export const createInterface = operation<Changed>('compute/create-interface', {
  call: `POST ${collection}`,
  noun: 'A creation of an interface',
  caller: 'member',
  capabilities: ['networks'],
  resources: { server: ofServer },
  refers: {
    'body /interfaceAttachment/net_id': { to: { type: 'network', ids: 'uuid' }, or: 'fixture' },
    'body /interfaceAttachment/port_id': { to: portType },
  },
  values: [
    'body /interfaceAttachment/tag',
    'body /interfaceAttachment/fixed_ips',
    'body /interfaceAttachment/fixed_ips/*/ip_address',
  ],
  withheld: {
    '/interfaceAttachment/port_id': 'A request has a network or a port; a written clause sends the port.',
  },
  wrongBody: { interfaceAttachment: { osc: true } },
  accepted: async (ctx) => creation(ctx, await portToChange(ctx, active)),
  // An address of no subnet: nothing is created by mistake.
  rejected: (ctx) => unchanged(ctx, (own) => ({ ...ofThe(own), ...inNetwork(ctx, nowhere) }), active),
  removed: async (ctx) => ofThe(await deletedWithPort(ctx)).resources,
  observe: async (ctx, resources, response) => {
    const own = resourceIn(resources, 'server');
    return {
      listed: await observeInterfaces(ctx, own),
      logged: await eventuallyLogged(ctx, own, response, 'attach_interface'),
    };
  },
  roles: changing,
  serverStates: stateRules(
    'A creation of an interface of',
    async (ctx, state) => ({ ...ofThe(await portToChange(ctx, wantedIn(state))), ...inNetwork(ctx) }),
    (ctx, state) => unchanged(ctx, (own) => ({ ...ofThe(own), ...inNetwork(ctx) }), wantedIn(state)),
  ),
  refusedFirst: ['resource before role'],
});

export const detachInterface = operation<Changed>('compute/detach-interface', {
  call: `DELETE ${item}`,
  noun: 'A detach of an interface',
  caller: 'member',
  capabilities: ['networks'],
  resources: { server: ofServer, port: portOf('unchecked') },
  accepted: async (ctx) => withPort(await portToChange(ctx, active)),
  rejected: (ctx) => unchanged(ctx, withPort, active),
  removed: async (ctx) => withPort(await deletedWithPort(ctx)).resources,
  effect: async (ctx, resources) =>
    eventuallyDetached(ctx, resourceIn(resources, 'server'), resourceIn(resources, 'port')),
  observe: detached,
  roles: changing,
  serverStates: stateRules(
    'A detach of an interface of',
    async (ctx, state) => withPort(await portToChange(ctx, wantedIn(state))),
    (ctx, state) => unchanged(ctx, withPort, wantedIn(state)),
  ),
  refusedFirst: ['resource before role'],
});

/** In the order of the contract. */
export const interfaceOperations: readonly DeclaredOperation[] = [
  listInterfaces,
  createInterface,
  showInterface,
  detachInterface,
];

function stateRules(
  noun: string,
  prepared: NonNullable<ServerStateRules['prepared']>,
  rejectedIn: NonNullable<ServerStateRules['rejectedIn']>,
): ServerStateRules {
  const can = every('An interface can be created and detached while the server is active, paused or stopped.');
  return {
    noun,
    quote: every('A creation or a detach in another state is answered with 409.'),
    quotes: {
      ...Object.fromEntries(possible.map((state) => [state, can])),
      locked: every('A creation or a detach for a server that its owner has locked is answered with 409.'),
    },
    accepted: Object.fromEntries(possible.map((state) => [state, 'always'])),
    refused: Object.fromEntries(
      states.filter((state) => !possible.some((one) => one === state)).map((state) => [state, 'always']),
    ),
    locked: 'refused',
    unchanged: every('A creation or a detach that is refused leaves the interfaces of the server as they are.'),
    prepared,
    rejectedIn,
  };
}

function wantedIn(state: string): Wanted {
  return state === 'locked' ? { ...active, isLocked: true } : { state: state as StartState };
}

const nowhere = { '/interfaceAttachment/fixed_ips': [{ ip_address: '192.0.2.1' }] } as const;

function inNetwork(ctx: CheckContext, more: Readonly<Record<string, Json>> = {}): Pick<AcceptedCall, 'body'> {
  return { body: { '/interfaceAttachment/net_id': portNetwork(ctx), ...more } };
}

async function creation(ctx: CheckContext, { server: own, port }: ServerWithPort): Promise<AcceptedCall> {
  return {
    ...ofThe({ server: own, port }),
    ...inNetwork(ctx),
    members: {
      '/interfaceAttachment': { net_id: portNetwork(ctx) },
      '/interfaceAttachment/net_id': portNetwork(ctx),
      '/interfaceAttachment/fixed_ips': [{ ip_address: await freeAddress(ctx, own) }],
      '/interfaceAttachment/tag': 'osc-nic',
    },
  };
}

/** A request that leaves the ports of the server as they are. */
async function unchanged(ctx: CheckContext, request: RequestFor, wanted: Wanted): Promise<RejectedCall> {
  const { makeDirty, ...own } = await portToKeep(ctx, wanted);
  return {
    ...request(own),
    shown: () => observeInterfaces(ctx, own.server),
    unchanged: async () =>
      ctx.run.readOnly
        ? []
        : expectResponse(await observeInterfaces(ctx, own.server), 200, (seen) => expectPorts(seen, [own.port.id])),
    makeDirty,
  };
}

/** The list has exactly these ports. */
export function expectPorts(seen: Checked, expected: readonly string[]): readonly Finding[] {
  const ports = portsIn(seen);
  const isSame = ports.length === expected.length && expected.every((id) => ports.includes(id));
  if (isSame) return [];
  return [
    { kind: 'value', exchange: seen.id, pointer: '/interfaceAttachments', expected: [...expected], seen: [...ports] },
  ];
}

export function portsIn(seen: Checked): readonly string[] {
  return jsonList(atPointer(bodyOf(seen), '/interfaceAttachments')).flatMap(
    (each) => jsonText(atPointer(each, '/port_id')) ?? [],
  );
}

/** The interfaces of the server as the member sees them. */
export function observeInterfaces(ctx: CheckContext, { id }: Named, version?: string): Promise<Exchange> {
  return ctx.call('compute/list-port-interfaces', {
    ...{ path: { server_id: id }, purpose: 'observation' },
    ...(version !== undefined && { microversion: version }),
  });
}

/** The port as the network service has it. */
export function observePort(ctx: CheckContext, { id }: Named): Promise<Exchange> {
  return ctx.send({ service: 'network', method: 'GET', path: `/v2.0/ports/${id}`, purpose: 'observation' });
}

/** The list of interfaces of the server does not have the port any more. */
export function eventuallyDetached(ctx: CheckContext, own: Named, { id }: Named): Promise<readonly Finding[]> {
  return ctx.eventually({
    look: () => observeInterfaces(ctx, own),
    until: (seen) => statusOf(seen) === 200 && !portsIn(seen).includes(id),
    expected: 'a list of interfaces without the port',
    seen: (last) => (statusOf(last) === 200 ? 'the port is still listed' : `status ${statusOf(last) ?? 'none'}`),
    timeoutMs: timeouts.attachment,
  });
}

async function detached(ctx: CheckContext, resources: Resources, response: Exchange): Promise<Changed | NotCompleted> {
  const own = resourceIn(resources, 'server');
  const port = resourceIn(resources, 'port');
  const incomplete = await eventuallyDetached(ctx, own, port);
  if (incomplete.length > 0) return { incomplete };
  const logged = await eventuallyLogged(ctx, own, response, 'detach_interface');
  return { listed: await observeInterfaces(ctx, own), port: await observePort(ctx, port), logged };
}
