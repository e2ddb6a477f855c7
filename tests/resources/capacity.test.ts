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

const most = { servers: 2, volumes: 3 };
const remedies = { servers: 'More servers.', volumes: 'More volumes.' };

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
    servers: Math.max(countOf(peak, 'servers'), countOf(there, 'servers')),
    volumes: Math.max(countOf(peak, 'volumes'), countOf(there, 'volumes')),
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
    ...Array.from({ length: countOf(resources, 'servers') }, () => 'servers' as const),
    ...Array.from({ length: countOf(resources, 'volumes') }, () => 'volumes' as const),
  ];
  return {
    ...{ key, resources, copies: 2, sharers: key === 'own' ? 1 : Infinity },
    build: () => Promise.all(kinds.map(part)),
    takeDown: async (places) => {
      await turns(random);
      places.forEach((place, index) => {
        count(cloud, kinds[index] ?? 'servers', -1);
        place.release('removed');
      });
    },
  };
}

const names = ['busy', 'own', 'kept', 'untouched', 'pair', 'broken'] as const;
const sizes: Readonly<Record<string, ResourceCounts>> = {
  busy: { servers: 1, volumes: 0 },
  own: { servers: 1, volumes: 0 },
  kept: { servers: 1, volumes: 1 },
  untouched: { servers: 1, volumes: 2 },
  pair: { servers: 2, volumes: 0 },
  broken: { servers: 0, volumes: 1 },
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
    const release = await reservation.charge(one('volumes'));
    const place = await capacity.slot('volumes');
    count(cloud, 'volumes', 1);
    const goes = async (): Promise<void> => {
      await turns(random);
      count(cloud, 'volumes', -1);
      place.release('removed');
    };
    lease.deferred(one('volumes'), goes, release);
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
    const all = wanted.reduce((sum, key) => add(sum, sizes[key] ?? none), one('volumes'));
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
  { servers: 2, volumes: 3 },
  { servers: 3, volumes: 4 },
  { servers: 5, volumes: 9 },
  { servers: 24, volumes: 60 },
])(
  'with room for $servers servers and $volumes volumes everybody is served, and never is there more',
  async (limits) => {
    for (const seed of seeds(60)) {
      const { cloud, served } = await rush(seed, limits);
      expect(served, `seed ${seed}`).toBe(30);
      expect(fits(cloud.peak, limits), `seed ${seed}: ${JSON.stringify(cloud.peak)}`).toBe(true);
    }
  },
);

test('a set on which a third of the room was left is lent to nobody else, and goes when it is idle', async () => {
  const capacity = createCapacity({ limits: { servers: 3, volumes: 6 }, most: [most], remedies });
  const fixturePool = createFixturePool(capacity, (work) => void work.catch(() => undefined));
  let built = 0;
  const gone: number[] = [];
  const variant: FixtureDefinition<number> = {
    ...{ key: 'disorder', resources: one('servers'), copies: 1, sharers: Infinity },
    build: async () => (built += 1),
    takeDown: async (number) => void gone.push(number),
  };
  const swap = async (): Promise<number> => {
    const reservation = capacity.reservation();
    const lease = await fixturePool.borrow(variant, reservation);
    lease.deferred(one('volumes'), async () => undefined, await reservation.charge(one('volumes')));
    lease.giveBack('intact');
    reservation.close();
    return lease.thing;
  };
  expect([await swap(), await swap(), await swap(), await swap(), await swap()]).toEqual([1, 1, 2, 2, 3]);
  expect(gone).toEqual([1, 2]);
});

test('the set with the most left on it makes room first, then the one that was used longest ago', async () => {
  const capacity = createCapacity({ limits: { servers: 9, volumes: 9 }, most: [most], remedies });
  const fixturePool = createFixturePool(capacity, (work) => void work.catch(() => undefined));
  const gone: string[] = [];
  const use = async (key: string, leaves: number): Promise<void> => {
    const reservation = capacity.reservation();
    const takeDown = async (): Promise<void> => void gone.push(key);
    const set = { key, resources: add(one('servers'), one('volumes')), copies: 1, sharers: Infinity };
    const lease = await fixturePool.borrow({ ...set, build: async () => key, takeDown }, reservation);
    for (let left = 0; left < leaves; left += 1) {
      lease.deferred(one('volumes'), async () => undefined, await reservation.charge(one('volumes')));
    }
    lease.giveBack('intact');
    reservation.close();
  };
  await use('oldest', 0);
  await use('newer', 0);
  await use('burdened', 2);
  for (let cleared = 0; cleared < 3; cleared += 1) await fixturePool.clear('volumes')?.done;
  expect(gone).toEqual(['burdened', 'oldest', 'newer']);
});

test('a case that needs more than the run may have is told so, with the mend', async () => {
  const capacity = createCapacity({ limits: { servers: 1, volumes: 3 }, most: [most], remedies });
  const reservation = capacity.reservation();
  const refused = await reservation.charge({ servers: 2, volumes: 0 }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(NoCapacity);
  expect(refused).toMatchObject({
    message: 'The case needs 2 servers at a time, and the run may have 1.',
    remedy: 'More servers.',
  });
});

test('a case that needs more than any case may have is an error of the suites', async () => {
  const capacity = createCapacity({ limits: { servers: 9, volumes: 9 }, most: [most], remedies });
  await expect(capacity.reservation().charge({ servers: 3, volumes: 0 })).rejects.toThrow(
    'A case asked for 3 servers at a time; no case may have more than 2',
  );
});

test('what cannot be removed takes up its place, and who needs that place is refused instead of waiting', async () => {
  const capacity = createCapacity({ limits: { servers: 2, volumes: 3 }, most: [most], remedies });
  const reservation = capacity.reservation();
  await reservation.charge({ servers: 2, volumes: 0 });
  const [first] = [await capacity.slot('servers'), await capacity.slot('servers')];
  const third = capacity.slot('servers');
  first?.release('lost');
  await expect(third).rejects.toBeInstanceOf(Unreached);
  await expect(third).rejects.toThrow('There is not enough capacity: 1 servers could not be removed.');
});

test('those whose wish stands there already are let in first', async () => {
  const capacity = createCapacity({ limits: most, most: [most], remedies });
  const inside = capacity.reservation();
  const giveBack = await inside.charge({ servers: 1, volumes: 0 });
  const order: string[] = [];
  const wait = async (name: string, isReady: boolean): Promise<void> => {
    const reservation = capacity.reservation();
    await reservation.charge({ servers: 1, volumes: 0 }, () => isReady).then((release) => release());
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
  await capacity.reservation().charge({ servers: 1, volumes: 0 });
  const waiting = capacity.reservation().charge({ servers: 1, volumes: 0 });
  capacity.shut(new Error('The run is over.'));
  await expect(waiting).rejects.toThrow('The run is over.');
  await expect(capacity.slot('servers')).rejects.toThrow('The run is over.');
});
