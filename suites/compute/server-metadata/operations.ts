/** The operations on the metadata of a server, each declared once. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import {
  operation,
  type AcceptedCall,
  type DeclaredOperation,
  type RejectedCall,
  type Resources,
  type ResourceUse,
  type ServerStateRules,
} from '../../../src/clauses/define-operation.ts';
import { expectResponse } from '../../../src/clauses/matchers.ts';
import { section } from '../../../src/clauses/written.ts';
import type { Json } from '../../../src/json.ts';
import { deletedServer, keptItems, type Wanted } from '../fixtures/server-in-state.ts';
import {
  firstKey,
  itemsToKeep,
  serverWithItems,
  type Items,
  type ServerWithItems,
} from '../fixtures/server-with-items.ts';
import type { StartState } from '../fixtures/server-states.ts';
import { server } from '../resource-types/server.ts';
import { allowed, forbiddenSince27 } from '../rules/roles.ts';
import { whoMayCall } from '../rules/sections.ts';
import { expectItems, observeItems, seenAfter, type Seen } from './observe.ts';

const collection = '/servers/{server_id}/metadata';
const item = `${collection}/{key}` as const;
const every = section('server-metadata.inc', 'Every call');

const ofServer: ResourceUse = { to: server, at: ['path server_id'], scope: 'project' };
const itemOf = (part: NonNullable<ResourceUse['part']>): ResourceUse => ({
  ...{ to: { type: 'metadata-item' }, at: ['path key'], part },
});

const readers = allowed(every('A reader of the project may list the metadata of its servers and show an item.'));
const members = allowed(every('A member of the project may change the metadata of its servers.'));
const admins = allowed(whoMayCall('An administrator may call every operation for the servers of every project.'));
const noReader = forbiddenSince27(every('A reader may not change the metadata of servers.'));
const noService = forbiddenSince27(every('The service role alone gives no right to the metadata of servers.'));
const reading = { reader: readers, admin: admins, service: noService };
const changing = { member: members, admin: admins, reader: noReader, service: noService };

/** A key that no server with items has. It is that of the samples, whose bodies are sent to the same path. */
export const newKey = 'foo';
/** A key of every server with items. */
export const ownKey = 'osc-blue';
/** The items of a server with items beside that of the own key. */
export const otherItems: Items = Object.fromEntries(Object.entries(keptItems).filter(([key]) => key !== ownKey));
export const newItem = { [newKey]: 'bar' } as const;
/** One known item and a new one. */
export const changedItems = { [ownKey]: 'sea', ...newItem } as const;

interface Request {
  readonly resources: Resources;
  readonly body?: Readonly<Record<string, Json>>;
}

type RequestFor = (own: Pick<ServerWithItems, 'server'>) => Request;

/** What the four operations that change metadata have in common. */
function change(
  noun: string,
  request: RequestFor,
): Pick<
  DeclaredOperation<Seen>,
  'noun' | 'caller' | 'accepted' | 'observe' | 'rejected' | 'removed' | 'roles' | 'serverStates'
> {
  const rejected = (ctx: CheckContext, wanted?: Wanted): Promise<RejectedCall> => unchanged(ctx, request, wanted);
  return {
    noun,
    caller: 'member',
    accepted: async (ctx) => request(await serverWithItems(ctx)),
    observe: seenAfter,
    rejected: (ctx) => rejected(ctx),
    removed: (ctx) => deleted(ctx, request),
    roles: changing,
    serverStates: states(
      noun,
      async (ctx, state) => request(await serverWithItems(ctx, state as StartState)),
      (ctx, state) =>
        rejected(ctx, state === 'locked' ? { state: 'active', isLocked: true } : { state: state as StartState }),
    ),
  };
}

function states(
  noun: string,
  prepared: (ctx: CheckContext, state: string) => Promise<AcceptedCall>,
  rejectedIn: (ctx: CheckContext, state: string) => Promise<RejectedCall>,
): ServerStateRules {
  const possible = every('The metadata of an active, paused, suspended or stopped server can be changed.');
  return {
    noun: `${noun} of`,
    quote: every('A change of the metadata of a server in another state is answered with 409.'),
    quotes: {
      ...{ paused: possible, stopped: possible, suspended: possible },
      locked: every('A change of the metadata of a server that its owner has locked is answered with 409.'),
    },
    accepted: { paused: 'always', stopped: 'always', suspended: 'always' },
    refused: {
      rescued: 'always',
      resized: 'always',
      shelved: 'always',
      'shelved-offloaded': 'always',
      error: 'always',
      'soft-deleted': 'always',
    },
    locked: 'refused',
    unchanged: every('A change that is refused leaves every item as it is.'),
    prepared,
    rejectedIn,
  };
}

export const listItems = operation<Seen>('compute/list-all-metadata', {
  call: `GET ${collection}`,
  noun: 'A list of metadata',
  caller: 'member',
  reads: true,
  resources: { server: ofServer },
  accepted: async (ctx) => ofThe(await itemsToKeep(ctx)),
  observe: seenAfter,
  rejected: (ctx) => unchanged(ctx, ofThe),
  removed: (ctx) => deleted(ctx, ofThe),
  roles: reading,
});

export const createItems = operation<Seen>('compute/create-or-update-metadata-items', {
  ...change('A creation or update of metadata items', (own) => ({
    ...ofThe(own),
    body: pointers('metadata', changedItems),
  })),
  call: `POST ${collection}`,
  resources: { server: ofServer },
  values: ['body /metadata/*'],
  refusedFirst: ['body before resource', 'body before role', 'resource before role'],
});

export const replaceItems = operation<Seen>('compute/replace-metadata-items', {
  ...change('A replacement of the metadata', (own) => ({ ...ofThe(own), body: pointers('metadata', changedItems) })),
  call: `PUT ${collection}`,
  resources: { server: ofServer },
  values: ['body /metadata/*'],
  refusedFirst: ['body before resource', 'body before role', 'resource before role'],
});

export const showItem = operation('compute/show-metadata-item-details', {
  call: `GET ${item}`,
  noun: 'A request for a metadata item',
  caller: 'member',
  reads: true,
  resources: { server: ofServer, item: itemOf('existing') },
  accepted: async (ctx) => withFirst(await itemsToKeep(ctx)),
  rejected: (ctx) => unchanged(ctx, withFirst),
  removed: (ctx) => deleted(ctx, (own) => withKey(own)),
  roles: reading,
});

export const updateItem = operation<Seen>('compute/create-or-update-metadata-item', {
  ...change('A creation or update of a metadata item', (own) => ({
    ...withKey(own, newKey),
    body: pointers('meta', newItem),
  })),
  call: `PUT ${item}`,
  resources: { server: ofServer, item: itemOf('new') },
  values: ['body /meta/*'],
  refusedFirst: ['body before resource', 'body before role', 'resource before role'],
});

export const deleteItem = operation<Seen>('compute/delete-metadata-item', {
  ...change('A deletion of a metadata item', (own) => withKey(own)),
  call: `DELETE ${item}`,
  resources: { server: ofServer, item: itemOf('existing') },
  refusedFirst: ['resource before role'],
});

/** Those that store items of a request. */
export const storingOperations = [createItems, replaceItems, updateItem] as const;

/** Those that change the metadata of a server. */
export const changingOperations = [...storingOperations, deleteItem] as const;

/** In the order of the contract. */
export const serverMetadataOperations: readonly DeclaredOperation[] = [
  listItems,
  createItems,
  replaceItems,
  showItem,
  updateItem,
  deleteItem,
];

export function ofThe({ server: own }: Pick<ServerWithItems, 'server'>): { readonly resources: Resources } {
  return { resources: { server: own } };
}

export function withKey(
  { server: own }: Pick<ServerWithItems, 'server'>,
  key: string = ownKey,
): { readonly resources: Resources } {
  return { resources: { server: own, item: { id: key } } };
}

/** One of its items, which in a read-only run are not known before. */
function withFirst(own: ServerWithItems): { readonly resources: Resources } {
  return withKey(own, firstKey(own));
}

function pointers(root: string, items: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(items).map(([key, value]) => [`/${root}/${key}`, value]));
}

/** A request for a server that keeps its metadata. */
async function unchanged(
  ctx: CheckContext,
  request: (own: ServerWithItems) => Request,
  wanted?: Wanted,
): Promise<RejectedCall> {
  const { makeDirty, ...own } = await itemsToKeep(ctx, wanted);
  return {
    ...request(own),
    shown: () => observeItems(ctx, own.server),
    unchanged: async () =>
      ctx.run.readOnly
        ? []
        : expectResponse(await observeItems(ctx, own.server), 200, (listed) => expectItems(listed, own.items)),
    makeDirty,
  };
}

async function deleted(ctx: CheckContext, request: RequestFor): Promise<Resources> {
  return request({ server: await deletedServer(ctx) }).resources;
}
