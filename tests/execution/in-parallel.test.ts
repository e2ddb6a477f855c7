import { setImmediate as soon } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inParallel } from '../../src/execution/in-parallel.ts';

test.each([
  [1, 1],
  [3, 3],
  [20, 7],
])('with room for %i, at most %i of seven things are worked at, each once and in order', async (atOnce, most) => {
  const things = [0, 1, 2, 3, 4, 5, 6];
  const begun: number[] = [];
  let [now, peak] = [0, 0];
  await inParallel(things, atOnce, async (thing) => {
    begun.push(thing);
    peak = Math.max(peak, (now += 1));
    await soon();
    now -= 1;
  });
  expect([begun, peak, now]).toEqual([things, most, 0]);
});

test('nothing to do is done, and a failure is passed on', async () => {
  await inParallel([], 3, () => Promise.reject(new Error('never')));
  await expect(inParallel([1, 2], 1, () => Promise.reject(new Error('as it was')))).rejects.toThrow('as it was');
});
