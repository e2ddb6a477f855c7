/** Pools under many interleavings: limits, capacity, order, and what failures leave behind. */
import { expect, test } from 'vitest';
import { createPool } from '../../src/conformance/pool.ts';
import { seededRandom, seeds, type Random } from '../seeded-random.ts';

interface Thing {
  readonly id: number;
}

/** Resolves after a seeded number of turns of the event loop. */
async function turns(random: Random): Promise<void> {
  for (let left = random.below(4); left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve));
}

interface Tally {
  most: number;
  made: number;
  renewed: number;
  served: number;
  failed: number;
  /** Things that two had at once. */
  readonly shared: number[];
}

/** Many borrowers on one pool whose making and renewing fails now and then; ends when all have been served. */
async function rush(seed: number, limit: number, failures: number): Promise<Tally> {
  const random = seededRandom(seed);
  const tally: Tally = { most: 0, made: 0, renewed: 0, served: 0, failed: 0, shared: [] };
  const alive = new Set<number>();
  const lent = new Set<number>();
  const count = (): void => void (tally.most = Math.max(tally.most, alive.size));
  const pool = createPool<Thing>({
    limit,
    make: async () => {
      const id = (tally.made += 1);
      alive.add(id);
      count();
      await turns(random);
      if (random.chance(failures)) {
        alive.delete(id);
        throw new Error('not made');
      }
      return { id };
    },
    renew: async (used) => {
      tally.renewed += 1;
      await turns(random);
      if (!random.chance(failures)) return used;
      alive.delete(used.id);
      throw new Error('not renewed');
    },
  });
  const borrow = async (): Promise<void> => {
    await turns(random);
    try {
      const thing = await pool.take();
      if (lent.has(thing.id)) tally.shared.push(thing.id);
      lent.add(thing.id);
      await turns(random);
      lent.delete(thing.id);
      const state = random.pick(['clean', 'used', 'spent'] as const);
      if (state === 'spent') alive.delete(thing.id);
      pool.give(thing, state);
      tally.served += 1;
    } catch {
      tally.failed += 1;
    }
  };
  await Promise.all(Array.from({ length: 40 }, borrow));
  // Whatever happened before, the whole limit can still be had at once.
  const again = Array.from({ length: limit }, () => pool.take().catch(() => undefined));
  await Promise.all(again);
  return tally;
}

test.each([0, 0.2, 0.6, 1])(
  'with a share of %s failures nobody waits for ever, shares a thing or goes beyond the limit',
  async (failures) => {
    for (const seed of seeds(40)) {
      for (const limit of [1, 2, 5]) {
        const tally = await rush(seed, limit, failures);
        expect(tally.served + tally.failed, `seed ${seed}`).toBe(40);
        expect(tally.most, `seed ${seed}`).toBeLessThanOrEqual(limit);
        expect(tally.shared, `seed ${seed}`).toEqual([]);
        if (failures === 0) expect(tally.failed, `seed ${seed}`).toBe(0);
        if (failures === 1) expect(tally.served, `seed ${seed}`).toBe(0);
      }
    }
  },
);

/** A pool whose makers and renewers end when the test says so. */
function slowPool(limit: number) {
  const making: PromiseWithResolvers<Thing>[] = [];
  const renewing: { readonly used: Thing; readonly end: PromiseWithResolvers<Thing> }[] = [];
  const pool = createPool<Thing>({
    limit,
    make: () => {
      const end = withResolvers<Thing>();
      making.push(end);
      return end.promise;
    },
    renew: (used) => {
      const end = withResolvers<Thing>();
      renewing.push({ used, end });
      return end.promise;
    },
  });
  return { pool, making, renewing };
}

test('what is clean goes to the next who asks, and nothing is made for it', async () => {
  const { pool, making } = slowPool(3);
  const first = pool.take();
  making[0]?.resolve({ id: 1 });
  pool.give(await first, 'clean');
  expect(await pool.take()).toEqual({ id: 1 });
  expect(making).toHaveLength(1);
});

test('what is used is renewed only when the limit is reached', async () => {
  const { pool, making, renewing } = slowPool(2);
  const first = pool.take();
  making[0]?.resolve({ id: 1 });
  pool.give(await first, 'used');
  void pool.take();
  expect([making.length, renewing.length]).toEqual([2, 0]);
  const third = pool.take();
  expect([making.length, renewing.length]).toEqual([2, 1]);
  renewing[0]?.end.resolve({ id: 7 });
  expect(await third).toEqual({ id: 7 });
});

test('what is spent makes room for another', async () => {
  const { pool, making } = slowPool(1);
  const first = pool.take();
  const second = pool.take();
  making[0]?.resolve({ id: 1 });
  const thing = await first;
  expect(making).toHaveLength(1);
  pool.give(thing, 'spent');
  making[1]?.resolve({ id: 2 });
  expect(await second).toEqual({ id: 2 });
});

test('those who wait are served in the order in which they asked', async () => {
  const { pool, making } = slowPool(1);
  const order: string[] = [];
  const ask = async (name: string): Promise<void> => {
    const thing = await pool.take();
    order.push(name);
    pool.give(thing, 'clean');
  };
  const all = ['a', 'b', 'c', 'd', 'e'].map(ask);
  making[0]?.resolve({ id: 1 });
  await Promise.all(all);
  expect(order).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a renewal that fails fails for one, and the next in line gets something new', async () => {
  const { pool, making, renewing } = slowPool(1);
  const first = pool.take();
  making[0]?.resolve({ id: 1 });
  const thing = await first;
  const unlucky = pool.take();
  const next = pool.take();
  pool.give(thing, 'used');
  renewing[0]?.end.reject(new Error('stuck'));
  await expect(unlucky).rejects.toThrow('stuck');
  making[1]?.resolve({ id: 2 });
  expect(await next).toEqual({ id: 2 });
});

function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve: PromiseWithResolvers<T>['resolve'] = () => undefined;
  let reject: PromiseWithResolvers<T>['reject'] = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}
