/**
 * The servers, volumes and attachments of one run, in sets that cases share.
 *
 * Volumes belong to one case at a time and are brought back to their first state before the next. What only reads look
 * at stands on a server of its own, where nothing else happens.
 */
import { createPool, type Pool } from '../../src/conformance/pool.ts';
import { removeResource } from '../../src/conformance/resource.ts';
import { createShelf, type Shelf, type Variant } from '../../src/conformance/shelf.ts';
import type { World } from '../../src/conformance/world.ts';
import { createBootableVolume, createVolume, reachVolumeStatus, type Volume } from '../block-storage/volume.ts';
import { attachedServers, showVolume, volumeStatus } from '../block-storage/show-volume.ts';
import { attach, detach, type Attached } from './attachment.ts';
import { enterState } from './enter-state.ts';
import type { StateName } from './server-states.ts';
import { bootServer, server as serverKind, type Server } from './server.ts';

export interface Stock {
  readonly shelf: Shelf;
  readonly volumes: Pool<Volume>;
  /** Volumes of the multiattach type. */
  readonly multiattach: Pool<Volume>;
  readonly variants: Variants;
  /** A device name that nothing on any server has. */
  readonly freeDevice: () => string;
}

export interface Variants {
  /** An ACTIVE server on which volumes come and go. */
  readonly busy: Variant<Busy>;
  /** Two attachments, the first with a tag, on a server where nothing changes. */
  readonly quiet: Variant<readonly [Attached, Attached]>;
  /** An attachment and a free volume for requests that are to be refused. */
  readonly untouched: Variant<Untouched>;
  /** An ACTIVE server for what leaves it in disorder. */
  readonly disorder: Variant<Server>;
  /** Two ACTIVE servers. */
  readonly pair: Variant<readonly [Server, Server]>;
  /** A server of one case alone. */
  readonly own: Variant<Server>;
  /** A server booted from a volume. */
  readonly volumeBooted: Variant<Booted>;
  /** A server in a state, with one volume that was attached before. */
  readonly inState: (state: StateName) => Variant<Kept>;
  /** An ACTIVE server that its project has locked, with one volume attached before. */
  readonly locked: Variant<Kept>;
}

export interface Busy {
  readonly server: Server;
  readonly attachments: Pool<Attached>;
}

export interface Untouched {
  readonly attached: Attached;
  readonly free: Volume;
}

export interface Booted {
  readonly server: Server;
  /** Its root disk. */
  readonly volume: Volume;
}

export interface Kept {
  readonly server: Server;
  readonly attached: Attached;
}

export const ownTag = 'Osc-Own';

/** What one ledger owns is one stock. */
const stocks = new WeakMap<World['ledger'], Stock>();

export function stockOf(world: World): Stock {
  const stock = stocks.get(world.ledger) ?? createStock(world);
  stocks.set(world.ledger, stock);
  return stock;
}

const everybody = Number.POSITIVE_INFINITY;

function createStock(world: World): Stock {
  let letters = 0;
  const volumePool = (type?: string): Pool<Volume> =>
    createPool<Volume>({
      limit: world.limits.volumes,
      make: () => createVolume(world, type === undefined ? '' : 'multi', type),
      renew: (used) => freeVolume(world, used),
    });
  const volumes = volumePool();
  return {
    shelf: createShelf(world.limits.servers, world.background),
    volumes,
    multiattach: volumePool(world.target.fixtures.multiattach_type),
    variants: variantsOf(world, volumes),
    freeDevice: () => `/dev/vd${lettersFromTheEnd(letters++)}`,
  };
}

function variantsOf(world: World, volumes: Pool<Volume>): Variants {
  const remove = (server: Server): Promise<void> => removeResource(world, serverKind, server.id);
  const boot = (label: string): Promise<Server> => bootServer(world, label);
  const bootWith = async (label: string, tag?: string): Promise<Attached> => {
    const [server, volume] = await Promise.all([boot(label), volumes.take()]);
    return attach(world, server, volume, tag);
  };
  const removeWith = async (server: Server, ...freed: readonly Volume[]): Promise<void> => {
    await remove(server);
    for (const volume of freed) volumes.give(volume, 'used');
  };
  const plain = (key: string, sharers: number, copies = 1): Variant<Server> => ({
    key,
    weight: 1,
    copies,
    sharers,
    build: () => boot(key),
    takeDown: remove,
  });
  const kept = (key: string, enter: (server: Server) => Promise<void>): Variant<Kept> => ({
    key,
    weight: 1,
    copies: 1,
    sharers: everybody,
    build: async () => {
      const attached = await bootWith(key, ownTag);
      await enter(attached.server);
      return { server: attached.server, attached };
    },
    takeDown: ({ server, attached }) => removeWith(server, attached.volume),
  });
  return {
    busy: {
      key: 'busy',
      weight: 1,
      copies: 2,
      sharers: everybody,
      build: async () => {
        const server = await boot('busy');
        return { server, attachments: attachmentPool(world, server, volumes) };
      },
      takeDown: ({ server, attachments }) => removeWith(server, ...attachments.drain().map(({ volume }) => volume)),
    },
    quiet: {
      key: 'quiet',
      weight: 1,
      copies: 1,
      sharers: everybody,
      build: async () => {
        const [first, other] = await Promise.all([bootWith('quiet', 'osc-quiet'), volumes.take()]);
        return [first, await attach(world, first.server, other)];
      },
      takeDown: ([first, other]) => removeWith(first.server, first.volume, other.volume),
    },
    untouched: {
      key: 'untouched',
      weight: 1,
      copies: 1,
      sharers: everybody,
      build: async () => {
        const [attached, free] = await Promise.all([bootWith('untouched', ownTag), volumes.take()]);
        return { attached, free };
      },
      takeDown: ({ attached, free }) => removeWith(attached.server, attached.volume, free),
    },
    disorder: plain('disorder', everybody),
    pair: {
      key: 'pair',
      weight: 2,
      copies: 1,
      sharers: everybody,
      build: () => Promise.all([boot('pair'), boot('pair')]),
      takeDown: async (servers) => void (await Promise.all(servers.map(remove))),
    },
    own: plain('own', 1, 3),
    volumeBooted: {
      key: 'volume-booted',
      weight: 1,
      copies: 1,
      sharers: everybody,
      build: async () => {
        const volume = await createBootableVolume(world);
        return { server: await bootServer(world, 'volume-booted', volume), volume };
      },
      takeDown: ({ server }) => remove(server),
    },
    inState: (state) => kept(state, (server) => enterState(world, server, state)),
    locked: kept('locked', (server) => enterState(world, server, 'locked')),
  };
}

/** Attachments of one server, each for one case at a time. */
function attachmentPool(world: World, server: Server, volumes: Pool<Volume>): Pool<Attached> {
  return createPool<Attached>({
    limit: Math.max(1, Math.floor(world.limits.volumes / 4)),
    make: async () => attach(world, server, await volumes.take(), ownTag),
    renew: async (used) => attach(world, server, await freeVolume(world, used.volume), ownTag),
  });
}

/** Detaches a volume from wherever this run attached it. */
async function freeVolume(world: World, used: Volume): Promise<Volume> {
  const seen = await showVolume(world, used.id, 'preparation');
  if (volumeStatus(seen) === 'available') return used;
  const ours = new Map(world.ledger.owned().map((thing) => [thing.id, thing]));
  for (const id of attachedServers(seen)) {
    const host = ours.get(id);
    if (host) await detach(world, host, used);
  }
  // A server that is on its way out gives its volumes up by itself.
  await reachVolumeStatus(world, used.id, 'available');
  return used;
}

/** `zz`, `zy` and so on: names that no service hands out of its own accord before hundreds of others. */
function lettersFromTheEnd(index: number): string {
  const alphabet = 26;
  const letter = (position: number): string => String.fromCharCode('z'.charCodeAt(0) - position);
  return letter(Math.floor(index / alphabet) % alphabet) + letter(index % alphabet);
}
