/**
 * The servers, volumes and attachments of one run, and who has them at the moment.
 *
 * Servers are shared; volumes and attachments belong to one case at a time and are brought back to their first state
 * before the next. What only reads look at stands on a server of its own, where nothing else happens.
 */
import { createPool, type Pool } from '../../src/conformance/pool.ts';
import type { World } from '../../src/conformance/world.ts';
import { createVolume, showVolume, volumeStatus, attachedServers, type Volume } from '../block-storage/volume.ts';
import { attach, detach, type Attached } from './attachment.ts';
import { bootServer, type Server } from './server.ts';

export interface Stock {
  /** An ACTIVE server on which volumes come and go. */
  readonly server: () => Promise<Server>;
  /** An ACTIVE server for swaps, which leave it in disorder. */
  readonly swapServer: () => Promise<Server>;
  readonly volumes: Pool<Volume>;
  readonly attachments: Pool<Attached>;
  /** Two attachments, the first with a tag, on a server where nothing changes. */
  readonly quiet: () => Promise<readonly [Attached, Attached]>;
  /** An attachment and a free volume for requests that are to be refused. */
  readonly untouched: () => Promise<Untouched>;
  /** A device name that nothing on any server has. */
  readonly freeDevice: () => string;
}

export interface Untouched {
  readonly attached: Attached;
  readonly free: Volume;
  /** The next case gets another. */
  readonly spoil: () => void;
}

export const quietTag = 'osc-quiet';
export const ownTag = 'osc-own';

const stocks = new WeakMap<World, Stock>();

export function stockOf(world: World): Stock {
  const stock = stocks.get(world) ?? createStock(world);
  stocks.set(world, stock);
  return stock;
}

/** Servers for cases that change attachments; one more is quiet, and one for swaps. */
const busyServers = 2;

function createStock(world: World): Stock {
  const busy = Math.max(1, Math.min(busyServers, world.limits.servers - 2));
  let turn = 0;
  let generation = 0;
  let letters = 0;
  const server = (): Promise<Server> => {
    const index = turn++ % busy;
    return world.memo(`server ${index}`, () => bootServer(world, 'busy'));
  };
  const volumes = createPool<Volume>({
    limit: world.limits.volumes,
    make: () => createVolume(world, ''),
    renew: (used) => freeVolume(world, used),
  });
  const attachments = createPool<Attached>({
    limit: Math.max(1, Math.floor(world.limits.volumes / 3)),
    make: async () => {
      const [host, volume] = await Promise.all([server(), volumes.take()]);
      return attach(world, host, volume, ownTag);
    },
    renew: (used) => reattach(world, used),
  });
  return {
    server,
    swapServer: () => world.memo('swap server', () => bootServer(world, 'swap')),
    volumes,
    attachments,
    quiet: () => world.memo('quiet server', () => makeQuiet(world, volumes)),
    untouched: () => {
      const current = generation;
      const spoil = (): void => {
        if (generation === current) generation += 1;
      };
      return world.memo(`untouched ${current}`, async () => {
        const [host, volume, free] = await Promise.all([server(), volumes.take(), volumes.take()]);
        return { attached: await attach(world, host, volume, ownTag), free, spoil };
      });
    },
    freeDevice: () => `/dev/vd${lettersFromTheEnd(letters++)}`,
  };
}

async function makeQuiet(world: World, volumes: Pool<Volume>): Promise<readonly [Attached, Attached]> {
  const [host, first, second] = await Promise.all([bootServer(world, 'quiet'), volumes.take(), volumes.take()]);
  return [await attach(world, host, first, quietTag), await attach(world, host, second)];
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
  return used;
}

async function reattach(world: World, used: Attached): Promise<Attached> {
  await freeVolume(world, used.volume);
  return attach(world, used.server, used.volume, ownTag);
}

/** `zz`, `zy` and so on: names that no service hands out of its own accord before hundreds of others. */
function lettersFromTheEnd(index: number): string {
  const alphabet = 26;
  const letter = (position: number): string => String.fromCharCode('z'.charCodeAt(0) - position);
  return letter(Math.floor(index / alphabet) % alphabet) + letter(index % alphabet);
}
