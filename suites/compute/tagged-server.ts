/** Servers with tags, for the operations on tags. */
import type { CheckContext } from '../../src/clauses/check-context.ts';
import { shownIn } from '../../src/clauses/checked.ts';
import { Unreached } from '../../src/execution/errors.ts';
import { statusOf } from '../../src/execution/poll.ts';
import type { RunContext } from '../../src/execution/run-context.ts';
import { sendRequest } from '../../src/execution/send-request.ts';
import { atPointer, jsonList, jsonText } from '../../src/json.ts';
import type { FixtureDefinition, Lease } from '../../src/resources/fixture-pool.ts';
import { one } from '../../src/resources/resource-counts.ts';
import { orRemove, removeResource, unreached } from '../../src/resources/resource-type.ts';
import { bodyOf } from '../../src/clauses/checked.ts';
import { enterState } from './enter-state.ts';
import { lease, reusableFixture, type Reusable } from './lease.ts';
import { server, bootServer, type Server } from './server.ts';
import type { StateName } from './server-states.ts';

export interface TaggedServer {
  readonly server: Server;
  /** One of its tags. */
  readonly tag: string;
}

/** The tags of every tagged server, in alphabetical order. */
export const ownTags = ['osc-blue', 'osc-green'] as const;

/** The first microversion with tags. */
const version = '2.26';

/** An ACTIVE server with the own tags, which no other case uses meanwhile. */
export function taggedServer(ctx: CheckContext): Promise<TaggedServer> {
  return restored(ctx, definitionOf(ctx.run, 'tags', { sharers: 1, copies: 2 }));
}

/** The same in a state, or locked by its owner. */
export function taggedInState(ctx: CheckContext, state: StateName | 'locked'): Promise<TaggedServer> {
  return restored(ctx, definitionOf(ctx.run, `tags-${state}`, { sharers: 1, state }));
}

/** A server whose tags no case changes; in a read-only run, one of the project. */
export function taggedServerToKeep(ctx: CheckContext): Promise<Reusable<TaggedServer>> {
  if (!ctx.run.readOnly) return reusableFixture(ctx, definitionOf(ctx.run, 'tags-to-keep'));
  const found = ctx.fixture(() => existing(ctx.run));
  return found.then((own) => ({ ...own, makeDirty: () => undefined }));
}

/** A server that had tags until it was deleted. */
export function deletedTaggedServer(ctx: CheckContext): Promise<TaggedServer> {
  return ctx.shared('a server with tags that was deleted', ({ run, fixture, reservation }) =>
    fixture(async () => {
      const release = await reservation.charge(one('server'));
      const { build, takeDown } = definitionOf(run, 'tags-deleted');
      const own = await build();
      await takeDown(own);
      release();
      return own;
    }),
  );
}

/** A case that needs a tagged server again gets the same one. */
const leases = new WeakMap<CheckContext, Map<string, Promise<Lease<TaggedServer>>>>();

/** The case itself, or another one, may have changed the tags. */
function restored(ctx: CheckContext, definition: FixtureDefinition<TaggedServer>): Promise<TaggedServer> {
  return ctx.fixture(async () => {
    const own = leases.get(ctx) ?? new Map<string, Promise<Lease<TaggedServer>>>();
    leases.set(ctx, own);
    const leased = own.get(definition.key) ?? lease(ctx, definition);
    own.set(definition.key, leased);
    const { thing } = await leased;
    await setTags(ctx.run, thing.server, ownTags);
    return thing;
  });
}

interface TaggedOptions {
  readonly sharers?: number;
  readonly copies?: number;
  readonly state?: StateName | 'locked';
}

function definitionOf(
  run: RunContext,
  label: string,
  { sharers = Infinity, copies = 1, state }: TaggedOptions = {},
): FixtureDefinition<TaggedServer> {
  return {
    ...{ key: `server with ${label}`, resources: one('server'), copies, sharers },
    build: async () => {
      const own = await bootServer(run, label);
      await orRemove(run, server, own.id, setTags(run, own, ownTags));
      if (state !== undefined) await orRemove(run, server, own.id, enterState(run, own, state));
      return { server: own, tag: ownTags[0] };
    },
    takeDown: ({ server: { id } }) => removeResource(run, server, id),
  };
}

/** @throws Unreached */
async function setTags(run: RunContext, { id }: Server, tags: readonly string[]): Promise<void> {
  const response = await sendRequest(run, {
    service: 'compute',
    method: 'PUT',
    path: `/servers/${id}/tags`,
    microversion: version,
    body: { tags: [...tags] },
    purpose: 'preparation',
  });
  if (statusOf(response) !== 200) throw unreached('tagging a server', response);
}

/** @throws Unreached */
async function existing(run: RunContext): Promise<TaggedServer> {
  const list = await sendRequest(run, {
    service: 'compute',
    method: 'GET',
    path: '/servers/detail',
    microversion: version,
    purpose: 'preparation',
  });
  const shown = shownIn(list);
  const servers = shown ? jsonList(atPointer(bodyOf(shown), '/servers')) : [];
  for (const each of servers) {
    const id = jsonText(atPointer(each, '/id'));
    const tag = jsonText(jsonList(atPointer(each, '/tags'))[0] ?? null);
    if (id !== undefined && tag !== undefined) {
      return { server: { id, name: jsonText(atPointer(each, '/name')) ?? id }, tag };
    }
  }
  const reason =
    'The project of the member has no server with a tag, and a read-only run creates none. Add a tag to one.';
  throw new Unreached('a server with a tag', reason, list);
}
