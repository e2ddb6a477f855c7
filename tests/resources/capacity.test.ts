/** Room under many interleavings: nobody goes beyond the limits, and nobody waits for ever. */
import { expect, test } from 'vitest';
import {
  add,
  countOf,
  fits,
  none,
  one,
  type ResourceCounts,
  type SlotKind,
} from '../../src/resources/resource-counts.ts';
import { NoCapacity, Unreached } from '../../src/execution/errors.ts';
import { createCapacity, type Slot, type Capacity } from '../../src/resources/capacity.ts';
import {
  createFixturePool,
  type Lease,
  type FixturePool,
  type FixtureDefinition,
} from '../../src/resources/fixture-pool.ts';
import type { Reservation } from '../../src/resources/reservations.ts';
import { seededRandom, seeds, type Random } from '../seeded-random.ts';

const most = { server: 2, volume: 3 };
const remedies = { server: 'More servers.', volume: 'More volumes.' };

/** Resolves after a seeded number of turns of the event loop. */
async function turns(random: Random): Promise<void> {
  for (let left = random.below(4); left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve));
}

interface Cloud {
  there: ResourceCounts;
  peak: ResourceCounts;
}

function count(cloud: Cloud, kind: SlotKind, by: 1 | -1): void {
  cloud.there = { ...cloud.there, [kind]: countOf(cloud.there, kind) + by };
  const { there, peak } = cloud;
  cloud.peak = {
    server: Math.max(countOf(peak, 'server'), countOf(there, 'server')),
    volume: Math.max(countOf(peak, 'volume'), countOf(there, 'volume')),
  };
}

/** A set whose parts take places one by one, and take their time to go. */
function variantOf(
  capacity: Capacity,
  cloud: Cloud,
  random: Random,
  key: string,
  resources: ResourceCounts,
): FixtureDefinition<Slot[]> {
  const part = async (kind: SlotKind): Promise<Slot> => {
    const place = await capacity.slot(kind);
    count(cloud, kind, 1);
    await turns(random);
    return place;
  };
  const kinds = [
    ...Array.from({ length: countOf(resources, 'server') }, () => 'server' as const),
    ...Array.from({ length: countOf(resources, 'volume') }, () => 'volume' as const),
  ];
  return {
    ...{ key, resources, copies: 2, sharers: key === 'own' ? 1 : Infinity },
    build: () => Promise.all(kinds.map(part)),
    takeDown: async (places) => {
      await turns(random);
      places.forEach((place, index) => {
        count(cloud, kinds[index] ?? 'server', -1);
        place.release('removed');
      });
    },
  };
}

const names = ['busy', 'own', 'kept', 'untouched', 'pair', 'broken'] as const;
const sizes: Readonly<Record<string, ResourceCounts>> = {
  busy: { server: 1, volume: 0 },
  own: { server: 1, volume: 0 },
  kept: { server: 1, volume: 1 },
  untouched: { server: 1, volume: 2 },
  pair: { server: 2, volume: 0 },
  broken: { server: 0, volume: 1 },
};

/** What cases ask for, one after the other, at most as much as one case may. */
function wishes(random: Random): readonly string[] {
  const wanted: string[] = [];
  let sum = none;
  for (const key of Array.from({ length: 3 }, () => random.pick(names))) {
    const more = add(sum, sizes[key] ?? none);
    if (wanted.includes(key) || !fits(more, most)) continue;
    wanted.push(key);
    sum = more;
  }
  return wanted;
}

interface Rush {
  readonly cloud: Cloud;
  readonly served: number;
}

async function rush(seed: number, limits: ResourceCounts): Promise<Rush> {
  const random = seededRandom(seed);
  const cloud: Cloud = { there: none, peak: none };
  const capacity = createCapacity({ limits, most: [most], remedies });
  const fixturePool: FixturePool = createFixturePool(capacity, (work) => void work.catch(() => undefined));
  capacity.offer(fixturePool.clear);
  const variants = new Map(
    Object.entries(sizes).map(([key, resources]) => [key, variantOf(capacity, cloud, random, key, resources)]),
  );
  /** A volume that goes only with the set. */
  const leaveBehind = async (lease: Lease<unknown>, reservation: Reservation): Promise<void> => {
    const release = await reservation.charge(one('volume'));
    const place = await capacity.slot('volume');
    count(cloud, 'volume', 1);
    const goes = async (): Promise<void> => {
      await turns(random);
      count(cloud, 'volume', -1);
      place.release('removed');
    };
    lease.deferred(one('volume'), goes, release);
  };
  let served = 0;
  const play = async (): Promise<void> => {
    await turns(random);
    const reservation = capacity.reservation();
    const leases: Lease<unknown>[] = [];
    const wanted = wishes(random);
    for (const key of wanted) {
      const variant = variants.get(key);
      if (variant) leases.push(await fixturePool.borrow(variant, reservation));
      await turns(random);
    }
    const all = wanted.reduce((sum, key) => add(sum, sizes[key] ?? none), one('volume'));
    const [lease] = leases;
    if (lease && fits(all, most) && random.chance(0.4)) await leaveBehind(lease, reservation);
    served += 1;
    for (const lease of leases) lease.giveBack(random.chance(0.4) ? 'dirty' : 'intact');
    reservation.close();
  };
  await Promise.all(Array.from({ length: 30 }, play));
  return { cloud, served };
}

test.each([
  { server: 2, volume: 3 },
  { server: 3, volume: 4 },
  { server: 5, volume: 9 },
  { server: 24, volume: 60 },
])('with room for $server servers and $volume volumes everybody is served, and never is there more', async (limits) => {
  for (const seed of seeds(60)) {
    const { cloud, served } = await rush(seed, limits);
    expect(served, `seed ${seed}`).toBe(30);
    expect(fits(cloud.peak, limits), `seed ${seed}: ${JSON.stringify(cloud.peak)}`).toBe(true);
  }
});

test('a set on which a third of the room was left is lent to nobody else, and goes when it is idle', async () => {
  const capacity = createCapacity({ limits: { server: 3, volume: 6 }, most: [most], remedies });
  const fixturePool = createFixturePool(capacity, (work) => void work.catch(() => undefined));
  let built = 0;
  const gone: number[] = [];
  const variant: FixtureDefinition<number> = {
    ...{ key: 'disorder', resources: one('server'), copies: 1, sharers: Infinity },
    build: async () => (built += 1),
    takeDown: async (number) => void gone.push(number),
  };
  const swap = async (): Promise<number> => {
    const reservation = capacity.reservation();
    const lease = await fixturePool.borrow(variant, reservation);
    lease.deferred(one('volume'), async () => undefined, await reservation.charge(one('volume')));
    lease.giveBack('intact');
    reservation.close();
    return lease.thing;
  };
  expect([await swap(), await swap(), await swap(), await swap(), await swap()]).toEqual([1, 1, 2, 2, 3]);
  expect(gone).toEqual([1, 2]);
});

test('the set with the most left on it makes room first, then the one that was used longest ago', async () => {
  const capacity = createCapacity({ limits: { server: 9, volume: 9 }, most: [most], remedies });
  const fixturePool = createFixturePool(capacity, (work) => void work.catch(() => undefined));
  const gone: string[] = [];
  const use = async (key: string, leaves: number): Promise<void> => {
    const reservation = capacity.reservation();
    const takeDown = async (): Promise<void> => void gone.push(key);
    const set = { key, resources: add(one('server'), one('volume')), copies: 1, sharers: Infinity };
    const lease = await fixturePool.borrow({ ...set, build: async () => key, takeDown }, reservation);
    for (let left = 0; left < leaves; left += 1) {
      lease.deferred(one('volume'), async () => undefined, await reservation.charge(one('volume')));
    }
    lease.giveBack('intact');
    reservation.close();
  };
  await use('oldest', 0);
  await use('newer', 0);
  await use('burdened', 2);
  for (let cleared = 0; cleared < 3; cleared += 1) await fixturePool.clear('volume')?.done;
  expect(gone).toEqual(['burdened', 'oldest', 'newer']);
});

test('a case that needs more than the run may have is told so, with the mend', async () => {
  const capacity = createCapacity({ limits: { server: 1, volume: 3 }, most: [most], remedies });
  const reservation = capacity.reservation();
  const refused = await reservation.charge({ server: 2, volume: 0 }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(NoCapacity);
  expect(refused).toMatchObject({
    message: 'The case needs 2 servers at a time, and the run may have 1.',
    remedy: 'More servers.',
  });
});

test('a case that needs a kind of which the run may have none is refused at once', async () => {
  const capacity = createCapacity({ limits: { server: 0, volume: 3 }, most: [most], remedies });
  await expect(capacity.reservation().charge({ server: 1 })).rejects.toMatchObject({
    message: 'The case needs 1 server at a time, and the run may have 0.',
    remedy: 'More servers.',
  });
});

test('a case that needs more than any case may have is an error of the suites', async () => {
  const capacity = createCapacity({ limits: { server: 9, volume: 9 }, most: [most], remedies });
  await expect(capacity.reservation().charge({ server: 3, volume: 0 })).rejects.toThrow(
    'A case asked for 3 servers at a time; no case may have more than 2',
  );
});

test('what cannot be removed takes up its place, and who needs that place is refused instead of waiting', async () => {
  const capacity = createCapacity({ limits: { server: 2, volume: 3 }, most: [most], remedies });
  const reservation = capacity.reservation();
  await reservation.charge({ server: 2, volume: 0 });
  const [first] = [await capacity.slot('server'), await capacity.slot('server')];
  const third = capacity.slot('server');
  first?.release('lost');
  await expect(third).rejects.toBeInstanceOf(Unreached);
  await expect(third).rejects.toThrow('There is not enough capacity: 1 server could not be removed.');
});

test('those whose wish stands there already are let in first', async () => {
  const capacity = createCapacity({ limits: most, most: [most], remedies });
  const inside = capacity.reservation();
  const giveBack = await inside.charge({ server: 1, volume: 0 });
  const order: string[] = [];
  const wait = async (name: string, isReady: boolean): Promise<void> => {
    const reservation = capacity.reservation();
    await reservation.charge({ server: 1, volume: 0 }, () => isReady).then((release) => release());
    order.push(name);
    reservation.close();
  };
  const all = [wait('first', false), wait('ready', true), wait('last', false)];
  expect(order).toEqual([]);
  inside.close();
  giveBack();
  await Promise.all(all);
  expect(order).toEqual(['ready', 'first', 'last']);
});

test('a room that is shut refuses those who wait and those who come', async () => {
  const capacity = createCapacity({ limits: most, most: [most], remedies });
  await capacity.reservation().charge({ server: 1, volume: 0 });
  const waiting = capacity.reservation().charge({ server: 1, volume: 0 });
  capacity.shut(new Error('The run is over.'));
  await expect(waiting).rejects.toThrow('The run is over.');
  await expect(capacity.slot('server')).rejects.toThrow('The run is over.');
});
