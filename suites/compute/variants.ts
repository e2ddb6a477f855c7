/** The sets of servers and volumes that cases share: what each is made of, how it is built and taken down. */
import { add, one, type Amount } from '../../src/conformance/amount.ts';
import { createPool, type Pool } from '../../src/conformance/pool.ts';
import { orRemove, removeResource, unreached } from '../../src/conformance/resource.ts';
import { sendRequest } from '../../src/conformance/send.ts';
import type { Variant } from '../../src/conformance/shelf.ts';
import type { World } from '../../src/conformance/world.ts';
import { createVolume, volume as volumeKind, type Volume } from '../block-storage/volume.ts';
import { attach, type Attached } from './attachment.ts';
import { enterState } from './enter-state.ts';
import { discardVolume, freeVolume } from './free-volume.ts';
import { partsOf, type Parts } from './parts.ts';
import { server as serverKind, type Server } from './server.ts';
import type { Kept, Variants } from './fixture-kinds.ts';

const ownTag = 'Osc-Own';

const everybody = Number.POSITIVE_INFINITY;
const aServer = one('servers');
const withVolume = add(aServer, one('volumes'));
const withTwo = add(withVolume, one('volumes'));

/** `busy`: where the attachments of servers on which volumes come and go are to be found. */
export function createVariants(world: World, volumes: Pool<Volume>, busy: Set<Pool<Attached>>): Variants {
  const remove = (server: Server): Promise<void> => removeResource(world, serverKind, server.id);
  const removeWith = async (server: Server, ...freed: readonly Volume[]): Promise<void> => {
    await remove(server);
    for (const volume of freed) volumes.give(volume, 'used');
  };
  const variant = <T>(
    key: string,
    amount: Amount,
    build: (parts: Parts) => Promise<T>,
    takeDown: (thing: T) => Promise<void>,
    more: Partial<Pick<Variant<T>, 'copies' | 'sharers' | 'kept'>> = {},
  ): Variant<T> => ({
    ...{ key, amount, takeDown, copies: 1, sharers: everybody, ...more },
    build: () => partsOf(world, volumes, build),
  });
  const bootWith = async ({ boot, take }: Parts, label: string, tag?: string): Promise<Attached> => {
    const [server, volume] = await Promise.all([boot(label), take()]);
    return attach(world, server, volume, tag);
  };
  const kept = (key: string, enter: (server: Server) => Promise<void>): Variant<Kept> =>
    variant(
      key,
      withVolume,
      async (parts) => {
        const attached = await bootWith(parts, key, ownTag);
        await enter(attached.server);
        return { server: attached.server, attached };
      },
      ({ server, attached }) => removeWith(server, attached.volume),
    );
  return {
    busy: variant(
      'busy',
      aServer,
      async ({ boot }) => {
        const server = await boot('busy');
        const attachments = attachmentPool(world, server, volumes);
        busy.add(attachments);
        return { server, attachments };
      },
      async ({ server, attachments }) => {
        busy.delete(attachments);
        await removeWith(server, ...attachments.drain().map(({ volume }) => volume));
      },
      { copies: 2 },
    ),
    quiet: variant(
      'quiet',
      withTwo,
      async (parts) => {
        const [first, other] = await Promise.all([bootWith(parts, 'quiet', 'osc-quiet'), parts.take()]);
        return [first, await attach(world, first.server, other)] as const;
      },
      ([first, other]) => removeWith(first.server, first.volume, other.volume),
    ),
    untouched: variant(
      'untouched',
      withTwo,
      async (parts) => {
        const [attached, free] = await Promise.all([bootWith(parts, 'untouched', ownTag), parts.take()]);
        return { attached, free };
      },
      ({ attached, free }) => removeWith(attached.server, attached.volume, free),
    ),
    disorder: variant('disorder', aServer, ({ boot }) => boot('disorder'), remove),
    pair: variant(
      'pair',
      add(aServer, aServer),
      ({ boot }): Promise<readonly [Server, Server]> => Promise.all([boot('pair'), boot('pair')]),
      async (servers) => void (await Promise.all(servers.map(remove))),
    ),
    own: variant('own', aServer, ({ boot }) => boot('own'), remove, { sharers: 1, copies: 3 }),
    volumeBooted: variant(
      'volume-booted',
      withVolume,
      async ({ boot, make }) => {
        const volume = await make();
        return { server: await boot('volume-booted', volume), volume };
      },
      async ({ server, volume }) => {
        await remove(server);
        await discardVolume(world, volume);
      },
    ),
    inState: (state) => kept(state, (server) => enterState(world, server, state)),
    locked: kept('locked', (server) => enterState(world, server, 'locked')),
    gone: variant(
      'gone',
      withVolume,
      async (parts) => {
        const attached = await bootWith(parts, 'gone');
        await remove(attached.server);
        return attached;
      },
      ({ volume }) => discardVolume(world, volume),
      { kept: one('volumes') },
    ),
    inError: (mark) => ({
      ...{ key: `in error ${mark}`, amount: one('volumes'), copies: 1, sharers: everybody },
      build: () => volumeInError(world),
      takeDown: (volume) => discardVolume(world, volume),
    }),
  };
}

/** Attachments of one server, each for one case at a time. */
function attachmentPool(world: World, server: Server, volumes: Pool<Volume>): Pool<Attached> {
  const enough = Math.max(1, Math.floor(world.room.limits.volumes / 4));
  return createPool<Attached>({
    isRoomy: (made) => made < enough && world.room.isFree(one('volumes')),
    make: async () => {
      const volume = await volumes.take();
      return attach(world, server, volume, ownTag).catch((error: unknown) => {
        volumes.give(volume, 'spent');
        throw error;
      });
    },
    renew: async (used) => attach(world, server, await freeVolume(world, used.volume), ownTag),
    discard: ({ volume }) => volumes.give(volume, 'spent'),
  });
}

async function volumeInError(world: World): Promise<Volume> {
  const volume = await createVolume(world, 'error');
  return orRemove(world, volumeKind, volume.id, setVolumeStatus(world, volume, 'error'));
}

/** An administrator sets the status of a volume, and nothing else of it. @throws Unreached */
export async function setVolumeStatus(world: World, volume: Volume, status: 'error' | 'in-use'): Promise<Volume> {
  const reply = await sendRequest(world, {
    service: 'block-storage',
    method: 'POST',
    path: `/volumes/${volume.id}/action`,
    body: { 'os-reset_status': { status } },
    as: 'admin',
    purpose: 'preparation',
  });
  if (reply.response?.status !== 202)
    throw unreached(status === 'error' ? 'a volume in error' : `a volume whose status is ${status}`, reply);
  return volume;
}
