/** The operations on server groups, each declared once. */
import { isSince } from '../../../src/microversion.ts';
import {
  operation,
  type DeclaredOperation,
  type RejectedCall,
  type Resources,
  type ResourceUse,
} from '../../../src/clauses/define-operation.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import type { CallOptions, CheckContext } from '../../../src/clauses/check-context.ts';
import { respondedWith, bodyOf, expectResponse, expectValue, type Checked } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { atPointer, jsonList, jsonObject, jsonText, type Json, type JsonObject } from '../../../src/json.ts';
import { allowed, forbiddenSince27 } from '../rules/roles.ts';
import { whoMayCall } from '../rules/sections.ts';
import {
  deletedGroup,
  groupToKeep,
  ownGroup,
  serverGroup,
  sharedGroup,
  type ServerGroup,
} from '../resource-types/server-group.ts';

const collection = '/os-server-groups';
const group: ResourceUse = { to: serverGroup, at: ['path server_group_id'], scope: 'project' };
const named = async (own: Promise<ServerGroup>): Promise<Resources> => ({ group: await own });

const readers = whoMayCall('A reader of the project may list and show server groups.');
const members = whoMayCall('A member of the project may create and delete server groups besides.');
const admins = whoMayCall('An administrator may show and delete the server groups of every project.');
const service = whoMayCall('The service role alone gives no right to list, show, create or delete server groups.');
const noReader = forbiddenSince27(whoMayCall('A reader may not create or delete server groups.'));
const noService = forbiddenSince27(service);

export const listServerGroups = operation('compute/list-server-groups', {
  call: `GET ${collection}`,
  noun: 'A list of server groups',
  caller: 'member',
  reads: true,
  resources: {},
  query: { limit: '1000', offset: '0', all_projects: '1' },
  wrongQuery: { query: 'limit=osc', words: 'a wrong query' },
  accepted: async (ctx) => {
    await sharedGroup(ctx);
    return { resources: {} };
  },
  rejected: async () => ({ resources: {}, ...unchangedByReading }),
  roles: { reader: allowed(readers), service: noService },
  refusedFirst: ['query before role'],
});

/** A created or deleted group, and the responses to a show and a list after that. */
export interface ObservedGroup {
  readonly id: string;
  readonly shown: Exchange;
  readonly listed: Exchange;
}

export const createServerGroup = operation('compute/create-server-group', {
  call: `POST ${collection}`,
  noun: 'A creation of a server group',
  caller: 'member',
  resources: {},
  creates: { type: serverGroup.type, name: '/server_group/name', id: '/server_group/id' },
  values: [
    'body /server_group/name',
    'body /server_group/policies',
    'body /server_group/policies/*',
    'body /server_group/policy',
    'body /server_group/rules',
    'body /server_group/rules/max_server_per_host',
  ],
  oddMembers: {
    range: '2.64-',
    values: {
      policy: ['', 'osc', 1, null, [], {}, '\ud800'],
      rules: [1, 'osc', null, [], { osc: 1 }, { max_server_per_host: [] }, { max_server_per_host: 0 }],
    },
  },
  accepted: async (ctx) => ({
    resources: {},
    body: await newGroup(ctx),
    members: isWithRules(ctx)
      ? { '/server_group/rules': { max_server_per_host: 2 }, '/server_group/rules/max_server_per_host': 2 }
      : {},
  }),
  observe: async (ctx, _, response): Promise<ObservedGroup | undefined> => {
    const created = respondedWith(response, 200);
    const id = created && jsonText(atPointer(bodyOf(created), '/server_group/id'));
    return id === undefined
      ? undefined
      : { id, shown: await observeGroup(ctx, { id }), listed: await observeGroups(ctx) };
  },
  rejected: async (ctx) => {
    const body = await newGroup(ctx);
    return {
      resources: {},
      body,
      members: { '/server_group/rules': { max_server_per_host: 2 }, '/server_group/rules/max_server_per_host': 2 },
      unchanged: () => unlisted(ctx, jsonText(body['/server_group/name']) ?? ''),
      makeDirty: () => undefined,
    };
  },
  roles: { member: allowed(members), reader: noReader, service: noService },
  refusedFirst: ['body before role'],
});

export const showServerGroup = operation('compute/show-server-group-details', {
  call: `GET ${collection}/{server_group_id}`,
  noun: 'A show of a server group',
  caller: 'member',
  reads: true,
  resources: { group },
  statesUnknownQuery: true,
  accepted: async (ctx) => ({ resources: await named(sharedGroup(ctx)) }),
  rejected: async (ctx) => {
    const own = await sharedGroup(ctx);
    return { resources: { group: own }, shown: () => observeGroup(ctx, own), ...unchangedByReading };
  },
  removed: (ctx) => named(deletedGroup(ctx)),
  roles: { reader: allowed(readers), admin: allowed(admins), service: noService },
});

export const deleteServerGroup = operation('compute/delete-server-group', {
  call: `DELETE ${collection}/{server_group_id}`,
  noun: 'A deletion of a server group',
  caller: 'member',
  resources: { group },
  accepted: async (ctx) => ({ resources: await named(ownGroup(ctx)) }),
  observe: async (ctx, { group: own }): Promise<ObservedGroup> => {
    const id = own?.id ?? '';
    const path = { server_group_id: id };
    return {
      id,
      shown: await ctx.call('compute/show-server-group-details', { path }),
      listed: await observeGroups(ctx),
    };
  },
  rejected: async (ctx) => {
    const { makeDirty, ...own } = await groupToKeep(ctx);
    return {
      resources: { group: own },
      shown: () => observeGroup(ctx, own),
      unchanged: () => isShown(ctx, own),
      makeDirty,
    };
  },
  removed: (ctx) => named(deletedGroup(ctx)),
  roles: { member: allowed(members), admin: allowed(admins), reader: noReader, service: noService },
  refusedFirst: ['resource before role'],
});

/** In the order of the contract. */
export const serverGroupOperations: readonly DeclaredOperation[] = [
  listServerGroups,
  createServerGroup,
  showServerGroup,
  deleteServerGroup,
];

const unchangedByReading: Pick<RejectedCall, 'unchanged' | 'makeDirty'> = {
  unchanged: () => Promise.resolve([]),
  makeDirty: () => undefined,
};

/** The smallest body of a creation: one policy, as text from 2.64 on and in a list before. */
export async function newGroup(ctx: CheckContext, policy = 'anti-affinity'): Promise<Readonly<Record<string, Json>>> {
  const name = await ctx.newName(serverGroup);
  return {
    '/server_group/name': name,
    ...(isWithRules(ctx) ? { '/server_group/policy': policy } : { '/server_group/policies': [policy] }),
  };
}

export function isWithRules(ctx: CheckContext): boolean {
  return isSince(ctx.microversion, '2.64');
}

/** The group as the member sees it. */
export function observeGroup(ctx: CheckContext, { id }: Pick<ServerGroup, 'id'>): Promise<Exchange> {
  return ctx.call('compute/show-server-group-details', { path: { server_group_id: id }, purpose: 'observation' });
}

/** The groups that a caller sees in the list. */
export function observeGroups(
  ctx: CheckContext,
  options: Partial<Pick<CallOptions, 'as' | 'query'>> = {},
): Promise<Exchange> {
  return ctx.call('compute/list-server-groups', { path: {}, purpose: 'observation', ...options });
}

/** The groups of a list with this value of a member. */
export function groupsWith(shown: Checked, member: 'id' | 'name', value: string): readonly JsonObject[] {
  const all = jsonList(jsonObject(bodyOf(shown)).server_groups).map(jsonObject);
  return all.filter((group) => group[member] === value);
}

async function unlisted(ctx: CheckContext, name: string): Promise<readonly Finding[]> {
  return expectResponse(await observeGroups(ctx), 200, (list) =>
    groupsWith(list, 'name', name).map((seen) => ({
      kind: 'value',
      exchange: list.id,
      pointer: '/server_groups',
      expected: null,
      seen,
    })),
  );
}

async function isShown(ctx: CheckContext, own: ServerGroup): Promise<readonly Finding[]> {
  return expectResponse(await observeGroup(ctx, own), 200, (shown) =>
    expectValue(shown, '/server_group/name', own.name),
  );
}
