/** The operations on the tags of a server, each declared once. */
import {
  operation,
  resourceIn,
  type DeclaredOperation,
  type Named,
  type RejectedCall,
  type Resources,
  type ResourceUse,
  type ServerStateRules,
} from '../../../src/clauses/define-operation.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { bodyOf, expectResponse, expectValue, type Checked } from '../../../src/clauses/matchers.ts';
import type { Quote } from '../../../src/clauses/quote.ts';
import { section } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { atPointer, jsonList, jsonText } from '../../../src/json.ts';
import { allowed, forbiddenSince27 } from '../rules/roles.ts';
import { whoMayCall } from '../rules/sections.ts';
import { server } from '../resource-types/server.ts';
import type { StateName } from '../fixtures/server-states.ts';
import {
  deletedTaggedServer,
  ownTags,
  taggedInState,
  taggedServer,
  taggedServerToKeep,
  type TaggedServer,
} from '../fixtures/tagged-server.ts';

const collection = '/servers/{server_id}/tags';
const item = `${collection}/{tag}` as const;
const file = 'os-server-tags.inc';

const ofServer: ResourceUse = { to: server, at: ['path server_id'], scope: 'role' };
const tagOf = (part: NonNullable<ResourceUse['part']>): ResourceUse => ({
  ...{ to: { type: 'tag' }, at: ['path tag'], part },
});

const readers = whoMayCall('A reader of the project may list and check the tags of a server.');
const members = whoMayCall('A member of the project may replace, add and delete the tags of a server besides.');
const admins = whoMayCall('An administrator may call every operation for the servers of every project.');
const noReader = forbiddenSince27(whoMayCall('A reader may not replace, add or delete the tags of a server.'));
const noService = forbiddenSince27(
  whoMayCall('The service role alone gives no right to list, check, replace, add or delete the tags of a server.'),
);
const reading = { reader: allowed(readers), admin: allowed(admins), service: noService };
const changing = { member: allowed(members), admin: allowed(admins), reader: noReader, service: noService };

/** Tags are changed in the states that a server has while its project uses it, also while it is locked. */
function states(
  noun: string,
  quote: Quote,
  prepared: (ctx: CheckContext, own: TaggedServer) => ReturnType<NonNullable<ServerStateRules['prepared']>>,
): ServerStateRules {
  return {
    ...{ noun, quote, locked: 'accepted', errata: ['tags-of-a-server-in-another-state'] },
    accepted: { paused: '2.26-', stopped: '2.26-', suspended: '2.26-' },
    refused: {
      rescued: '2.26-',
      resized: '2.26-',
      shelved: '2.26-',
      'shelved-offloaded': '2.26-',
      error: '2.26-',
      'soft-deleted': '2.26-',
    },
    prepared: async (ctx, state) => prepared(ctx, await taggedInState(ctx, state as StateName | 'locked')),
  };
}

export const listTags = operation('compute/list-tags', {
  call: `GET ${collection}`,
  noun: 'A list of tags',
  caller: 'member',
  reads: true,
  resources: { server: ofServer },
  accepted: async (ctx) => ({ resources: ofThe(await taggedServerToKeep(ctx)) }),
  rejected: toKeep,
  removed: deletedServer,
  roles: reading,
});

export const replaceTags = operation('compute/replace-tags', {
  call: `PUT ${collection}`,
  noun: 'A replacement of the tags',
  caller: 'member',
  resources: { server: ofServer },
  values: ['body /tags', 'body /tags/*'],
  accepted: async (ctx) => replacement(await taggedServer(ctx)),
  observe: tagsAfter,
  rejected: async (ctx) => ({ ...(await toKeep(ctx)), body: { '/tags': ['osc-red'] } }),
  removed: deletedServer,
  roles: changing,
  serverStates: states(
    'A replacement of the tags of',
    section(file, 'Replace Tags')('Gives a server the tags of the request and no others.'),
    (_, own) => Promise.resolve(replacement(own)),
  ),
  refusedFirst: ['body before resource', 'body before role', 'resource before role'],
});

export const deleteTags = operation('compute/delete-all-tags', {
  call: `DELETE ${collection}`,
  noun: 'A deletion of all tags',
  caller: 'member',
  resources: { server: ofServer },
  accepted: async (ctx) => ({ resources: ofThe(await taggedServer(ctx)) }),
  observe: tagsAfter,
  rejected: toKeep,
  removed: deletedServer,
  roles: changing,
  serverStates: states(
    'A deletion of all tags of',
    section(file, 'Delete All Tags')('Removes every tag of a server; a server without tags is no error.'),
    (_, own) => Promise.resolve({ resources: ofThe(own) }),
  ),
  refusedFirst: ['resource before role'],
});

export const checkTag = operation('compute/check-tag-existence', {
  call: `GET ${item}`,
  noun: 'A check of a tag',
  caller: 'member',
  reads: true,
  success: 204,
  resources: { server: ofServer, tag: tagOf('existing') },
  accepted: async (ctx) => ({ resources: withTag(await taggedServerToKeep(ctx)) }),
  rejected: async (ctx) => toKeep(ctx, 'its tag'),
  removed: deletedServerWithTag,
  roles: reading,
});

export const addTag = operation('compute/add-a-single-tag', {
  call: `PUT ${item}`,
  noun: 'An addition of a tag',
  caller: 'member',
  resources: { server: ofServer, tag: tagOf('new') },
  accepted: async (ctx) => ({ resources: withTag(await taggedServer(ctx), newTag) }),
  observe: tagsAfter,
  rejected: async (ctx) => toKeep(ctx, newTag),
  removed: deletedServerWithTag,
  roles: changing,
  serverStates: states(
    'An addition of a tag to',
    section(file, 'Add a Single Tag')('Gives a server one tag more.'),
    (_, own) => Promise.resolve({ resources: withTag(own, newTag) }),
  ),
  refusedFirst: ['resource before role'],
});

export const deleteTag = operation('compute/delete-a-single-tag', {
  call: `DELETE ${item}`,
  noun: 'A deletion of a tag',
  caller: 'member',
  resources: { server: ofServer, tag: tagOf('existing') },
  accepted: async (ctx) => ({ resources: withTag(await taggedServer(ctx)) }),
  observe: tagsAfter,
  rejected: async (ctx) => toKeep(ctx, 'its tag'),
  removed: deletedServerWithTag,
  roles: changing,
  serverStates: states(
    'A deletion of a tag of',
    section(file, 'Delete a Single Tag')('Removes one tag from a server.'),
    (_, own) => Promise.resolve({ resources: withTag(own) }),
  ),
  refusedFirst: ['resource before role'],
});

/** In the order of the contract. */
export const serverTagOperations: readonly DeclaredOperation[] = [
  listTags,
  replaceTags,
  deleteTags,
  checkTag,
  addTag,
  deleteTag,
];

/** A tag that no tagged server has. */
export const newTag = 'osc-red';

/** The longest tag. */
export const longest = 'x'.repeat(60);

/** One tag more than a server may have. */
export const tooMany: readonly string[] = Array.from({ length: 51 }, (_, index) => `osc-${index}`);

/** The server has exactly these tags. */
export async function showsTags(
  ctx: CheckContext,
  own: Pick<TaggedServer, 'server'>,
  expected: readonly string[],
): Promise<readonly Finding[]> {
  return expectResponse(await observeTags(ctx, own.server), 200, (shown) => expectTags(shown, expected));
}

/** The tags of a server as the member sees them. */
function observeTags(ctx: CheckContext, { id }: Named): Promise<Exchange> {
  return ctx.call('compute/list-tags', { path: { server_id: id }, purpose: 'observation' });
}

function tagsAfter(ctx: CheckContext, resources: Resources): Promise<Exchange> {
  return observeTags(ctx, resourceIn(resources, 'server'));
}

/** Exactly these tags, in any order. */
export function expectTags(shown: Checked, expected: readonly string[]): readonly Finding[] {
  const seen = jsonList(atPointer(bodyOf(shown), '/tags')).map(jsonText);
  const isSame = JSON.stringify([...seen].sort()) === JSON.stringify([...expected].sort());
  return isSame ? [] : expectValue(shown, '/tags', [...expected]);
}

export function ofThe({ server: own }: TaggedServer): Resources {
  return { server: own };
}

export function withTag({ server: own, tag }: TaggedServer, named = tag): Resources {
  return { server: own, tag: { id: named } };
}

function replacement(own: TaggedServer): {
  readonly resources: Resources;
  readonly body: Readonly<Record<string, string[]>>;
} {
  return { resources: ofThe(own), body: { '/tags': ['osc-red', 'osc-yellow'] } };
}

/** A server that keeps its tags, and the tag that the request names, if any. */
async function toKeep(ctx: CheckContext, tag?: string): Promise<RejectedCall> {
  const { makeDirty, ...own } = await taggedServerToKeep(ctx);
  const named = tag === 'its tag' ? own.tag : tag;
  return {
    resources: named === undefined ? ofThe(own) : withTag(own, named),
    shown: () => observeTags(ctx, own.server),
    unchanged: async () =>
      ctx.run.readOnly
        ? []
        : expectResponse(await observeTags(ctx, own.server), 200, (shown) => expectTags(shown, ownTags)),
    makeDirty,
  };
}

async function deletedServer(ctx: CheckContext): Promise<Resources> {
  return ofThe(await deletedTaggedServer(ctx));
}

async function deletedServerWithTag(ctx: CheckContext): Promise<Resources> {
  return withTag(await deletedTaggedServer(ctx));
}
