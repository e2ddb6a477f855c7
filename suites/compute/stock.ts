/**
 * The servers, volumes and attachments of one run, in sets that cases share.
 *
 * Volumes belong to one case at a time and are brought back to their first state before the next. What only reads look
 * at stands on a server of its own, where nothing else happens.
 */
import { one } from '../../src/conformance/amount.ts';
import { createPool, type Pool } from '../../src/conformance/pool.ts';
import { createShelf, type Shelf } from '../../src/conformance/shelf.ts';
import type { World } from '../../src/conformance/world.ts';
import { createVolume, type Volume } from '../block-storage/volume.ts';
import type { Attached } from './attachment.ts';
import type { Variants } from './fixture-kinds.ts';
import { discardVolume, freeVolume } from './free-volume.ts';
import { createVariants } from './variants.ts';

export interface Stock {
  readonly shelf: Shelf;
  readonly volumes: Pool<Volume>;
  /** Volumes of the multiattach type. */
  readonly multiattach: Pool<Volume>;
  readonly variants: Variants;
  /** A device name that nothing on any server has. */
  readonly freeDevice: () => string;
}

const stocks = new WeakMap<object, Stock>();

export function stockOf(world: World): Stock {
  const key = world.fixtures ?? world.ledger;
  const stock = stocks.get(key) ?? createStock(world);
  stocks.set(key, stock);
  return stock;
}

function createStock(world: World): Stock {
  const { room } = world;
  let letters = 0;
  const volumePool = (type?: string): Pool<Volume> =>
    createPool<Volume>({
      isRoomy: () => room.isFree(one('volumes')),
      make: () => createVolume(world, type === undefined ? '' : 'multi', type),
      renew: (used) => freeVolume(world, used),
      discard: (spent) => world.background(discardVolume(world, spent)),
    });
  const volumes = volumePool();
  const multiattach = volumePool(world.target.fixtures.multiattach_type);
  const shelf = createShelf(room, world.background, world.rebuilt);
  const busy = new Set<Pool<Attached>>();
  for (const pool of [volumes, multiattach]) {
    room.offer((kind) => {
      const idle = kind === 'volumes' ? pool.withdraw() : undefined;
      return idle && { amount: one('volumes'), done: discardVolume(world, idle) };
    });
  }
  room.offer((kind) => {
    const idle = kind === 'volumes' ? firstOf(busy, (pool) => pool.withdraw()) : undefined;
    return idle && { amount: one('volumes'), done: discardVolume(world, idle.volume) };
  });
  room.offer(shelf.clear);
  return {
    shelf,
    volumes,
    multiattach,
    variants: createVariants(world, volumes, busy),
    freeDevice: () => `/dev/vd${lettersFromTheEnd(letters++)}`,
  };
}

function firstOf<A, B>(all: Iterable<A>, of: (one: A) => B | undefined): B | undefined {
  for (const each of all) {
    const found = of(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `zz`, `zy` and so on: names that no service hands out of its own accord before hundreds of others. */
function lettersFromTheEnd(index: number): string {
  const alphabet = 26;
  const letter = (position: number): string => String.fromCharCode('z'.charCodeAt(0) - position);
  return letter(Math.floor(index / alphabet) % alphabet) + letter(index % alphabet);
}
