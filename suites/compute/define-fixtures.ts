/** The fixture definitions: the servers and volumes of each fixture, how it is built and how it is taken down. */
import { add, limitOf, one, type ResourceCounts } from '../../src/resources/resource-counts.ts';
import { createPool, type Pool } from '../../src/resources/pool.ts';
import { orRemove, removeResource, unreached } from '../../src/resources/resource-type.ts';
import { sendRequest } from '../../src/execution/send-request.ts';
import type { FixtureDefinition } from '../../src/resources/fixture-pool.ts';
import type { RunContext } from '../../src/execution/run-context.ts';
import { createVolume, volume as volumeKind, type Volume } from '../block-storage/volume.ts';
import { attach, type Attached } from './attachment.ts';
import { enterState } from './enter-state.ts';
import { discardVolume, freeVolume } from './free-volume.ts';
import { partsOf, type Parts } from './parts.ts';
import { server as serverKind, type Server } from './server.ts';
import type { ServerInState, FixtureDefinitions } from './fixture-kinds.ts';

const ownTag = 'Osc-Own';

const unlimited = Number.POSITIVE_INFINITY;
const aServer = one('server');
const withVolume = add(aServer, one('volume'));
const withTwo = add(withVolume, one('volume'));

/** `attachmentPools`: receives the attachment pool of each shared server while that server exists. */
export function defineFixtures(
  run: RunContext,
  volumes: Pool<Volume>,
  attachmentPools: Set<Pool<Attached>>,
): FixtureDefinitions {
  const remove = (server: Server): Promise<void> => removeResource(run, serverKind, server.id);
  const removeWith = async (server: Server, ...freed: readonly Volume[]): Promise<void> => {
    await remove(server);
    for (const volume of freed) volumes.give(volume, 'used');
  };
  const define = <T>(
    key: string,
    resources: ResourceCounts,
    build: (parts: Parts) => Promise<T>,
    takeDown: (fixture: T) => Promise<void>,
    more: Partial<Pick<FixtureDefinition<T>, 'copies' | 'sharers' | 'kept'>> = {},
  ): FixtureDefinition<T> => ({
    ...{ key, resources, takeDown, copies: 1, sharers: unlimited, ...more },
    build: () => partsOf(run, volumes, build),
  });
  const bootWith = async ({ boot, take }: Parts, label: string, tag?: string): Promise<Attached> => {
    const [server, volume] = await Promise.all([boot(label), take()]);
    return attach(run, server, volume, tag);
  };
  const inState = (key: string, enter: (server: Server) => Promise<void>): FixtureDefinition<ServerInState> =>
    define(
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
    shared: define(
      'shared',
      aServer,
      async ({ boot }) => {
        const server = await boot('shared');
        const attachments = attachmentPool(run, server, volumes);
        attachmentPools.add(attachments);
        return { server, attachments };
      },
      async ({ server, attachments }) => {
        attachmentPools.delete(attachments);
        await removeWith(server, ...attachments.drain().map(({ volume }) => volume));
      },
      { copies: 2 },
    ),
    readOnly: define(
      'read-only',
      withTwo,
      async (parts) => {
        const [first, other] = await Promise.all([bootWith(parts, 'read-only', 'osc-read-only'), parts.take()]);
        return [first, await attach(run, first.server, other)] as const;
      },
      ([first, other]) => removeWith(first.server, first.volume, other.volume),
    ),
    rejectionTarget: define(
      'rejection-target',
      withTwo,
      async (parts) => {
        const [attached, free] = await Promise.all([bootWith(parts, 'rejection-target', ownTag), parts.take()]);
        return { attached, free };
      },
      ({ attached, free }) => removeWith(attached.server, attached.volume, free),
    ),
    swapServer: define('swap', aServer, ({ boot }) => boot('swap'), remove),
    pair: define(
      'pair',
      add(aServer, aServer),
      ({ boot }): Promise<readonly [Server, Server]> => Promise.all([boot('pair'), boot('pair')]),
      async (servers) => void (await Promise.all(servers.map(remove))),
    ),
    exclusive: define('exclusive', aServer, ({ boot }) => boot('exclusive'), remove, { sharers: 1, copies: 3 }),
    volumeBooted: define(
      'volume-booted',
      withVolume,
      async ({ boot, make }) => {
        const volume = await make();
        return { server: await boot('volume-booted', volume), volume };
      },
      async ({ server, volume }) => {
        await remove(server);
        await discardVolume(run, volume);
      },
    ),
    inState: (state) => inState(state, (server) => enterState(run, server, state)),
    locked: inState('locked', (server) => enterState(run, server, 'locked')),
    deleted: define(
      'deleted',
      withVolume,
      async (parts) => {
        const attached = await bootWith(parts, 'deleted');
        await remove(attached.server);
        return attached;
      },
      ({ volume }) => discardVolume(run, volume),
      { kept: one('volume') },
    ),
    inError: (mark) => ({
      ...{ key: `in error ${mark}`, resources: one('volume'), copies: 1, sharers: unlimited },
      build: () => volumeInError(run),
      takeDown: (volume) => discardVolume(run, volume),
    }),
  };
}

/** The attachments of one server; a case leases each exclusively. */
function attachmentPool(run: RunContext, server: Server, volumes: Pool<Volume>): Pool<Attached> {
  const most = Math.max(1, Math.floor(limitOf(run.capacity.limits, 'volume') / 4));
  return createPool<Attached>({
    hasSpace: (made) => made < most && run.capacity.isFree(one('volume')),
    make: async () => {
      const volume = await volumes.take();
      return attach(run, server, volume, ownTag).catch((error: unknown) => {
        volumes.give(volume, 'spent');
        throw error;
      });
    },
    renew: async (used) => attach(run, server, await freeVolume(run, used.volume), ownTag),
    discard: ({ volume }) => volumes.give(volume, 'spent'),
  });
}

async function volumeInError(run: RunContext): Promise<Volume> {
  const volume = await createVolume(run, 'error');
  return orRemove(run, volumeKind, volume.id, setVolumeStatus(run, volume, 'error'));
}

/** Sets only the status of a volume, as an administrator. @throws Unreached */
export async function setVolumeStatus(run: RunContext, volume: Volume, status: 'error' | 'in-use'): Promise<Volume> {
  const reply = await sendRequest(run, {
    service: 'block-storage',
    method: 'POST',
    path: `/volumes/${volume.id}/action`,
    body: { 'os-reset_status': { status } },
    as: 'admin',
    purpose: 'preparation',
  });
  if (reply.response?.status !== 202) throw unreached(`setting the status of a volume to ${status}`, reply);
  return volume;
}
