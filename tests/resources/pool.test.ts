/** Pools: what is handed on, renewed, made anew and thrown away. */
import { expect, test } from 'vitest';
import { createPool } from '../../src/resources/pool.ts';

interface CheckContext {
  readonly pool: ReturnType<typeof createPool<number>>;
  readonly renewed: readonly number[];
  readonly discarded: readonly number[];
  hasSpace: boolean;
  breaks: boolean;
}

/** Things are numbers in the order of their making; a renewed one is itself again. */
function withContext(): CheckContext {
  let made = 0;
  const renewed: number[] = [];
  const discarded: number[] = [];
  const ctx = { hasSpace: true, breaks: false, renewed, discarded };
  const endOf = async (thing: number): Promise<number> => {
    if (ctx.breaks) throw new Error('stuck');
    return thing;
  };
  const pool = createPool<number>({
    hasSpace: () => ctx.hasSpace,
    make: () => endOf((made += 1)),
    renew: (used) => {
      renewed.push(used);
      return endOf(used);
    },
    discard: (thing) => void discarded.push(thing),
  });
  return Object.assign(ctx, { pool });
}

test('what is clean goes to the next who asks, and nothing is made for it', async () => {
  const { pool } = withContext();
  const [first] = [await pool.take(), await pool.take()];
  pool.give(first, 'clean');
  expect(await pool.take()).toBe(first);
});

test('what is used is renewed only where there is no room for another', async () => {
  const ctx = withContext();
  const { pool, renewed } = ctx;
  pool.give(await pool.take(), 'used');
  expect([await pool.take(), renewed]).toEqual([2, []]);
  ctx.hasSpace = false;
  expect([await pool.take(), renewed]).toEqual([1, [1]]);
});

test('without room and without anything used, another is made all the same', async () => {
  const ctx = withContext();
  ctx.hasSpace = false;
  expect(await ctx.pool.take()).toBe(1);
});

test('what is spent, or cannot be renewed, is thrown away and never handed on', async () => {
  const ctx = withContext();
  const { pool, discarded } = ctx;
  pool.give(await pool.take(), 'spent');
  pool.give(await pool.take(), 'used');
  Object.assign(ctx, { hasSpace: false, breaks: true });
  await expect(pool.take()).rejects.toThrow('stuck');
  expect(discarded).toEqual([1, 2]);
  ctx.breaks = false;
  expect(await pool.take()).toBe(3);
});

test('what nobody has can be withdrawn, what is clean first, and what somebody has cannot', async () => {
  const { pool } = withContext();
  const [a, b, c] = [await pool.take(), await pool.take(), await pool.take()];
  pool.give(a, 'used');
  pool.give(b, 'clean');
  expect([pool.withdraw(), pool.withdraw(), pool.withdraw()]).toEqual([b, a, undefined]);
  pool.give(c, 'used');
  expect(pool.drain()).toEqual([c]);
  expect(pool.drain()).toEqual([]);
});
