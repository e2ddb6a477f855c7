/** Waiting learns from what it has waited for: it never looks before the fastest of the last ones would have been done. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { recordDelay, minimumDelay } from '../../src/execution/learned-delays.ts';
import { poll } from '../../src/execution/poll.ts';

const until = (end: number) => () => Promise.resolve(performance.now() >= end);
const holds = (seen: boolean): boolean => seen;

test('nothing is expected of a kind before five have been seen, and then by the fastest of the last five', () => {
  for (const took of [100, 100, 100, 100]) recordDelay('tried', took);
  expect(minimumDelay('tried')).toBe(0);
  expect(minimumDelay('another')).toBe(0);
  recordDelay('tried', 200);
  expect(minimumDelay('tried')).toBe(70);
  for (const took of [200, 200, 200, 200]) recordDelay('tried', took);
  expect(minimumDelay('tried')).toBe(140);
  recordDelay('tried', 0);
  expect(minimumDelay('tried')).toBe(0);
});

test('what has taken its time five times is not looked at before', async () => {
  const takes = 60;
  for (let round = 0; round < 5; round += 1) {
    const { isMet } = await poll(until(performance.now() + takes), holds, 10_000, 'slow');
    expect(isMet).toBe(true);
  }
  const startedAt = performance.now();
  const looks: number[] = [];
  const look = (): Promise<boolean> => Promise.resolve(looks.push(performance.now() - startedAt) > 0);
  await poll(look, holds, 10_000, 'slow');
  expect(looks).toHaveLength(1);
  expect(looks[0]).toBeGreaterThanOrEqual(0.7 * takes - 1);
});

test('a kind never holds up more than a quarter of the budget', async () => {
  for (let round = 0; round < 5; round += 1) recordDelay('for ever', 1e9);
  const { isMet, waitedMs } = await poll(until(0), holds, 200, 'for ever');
  expect({ isMet, waited: waitedMs >= 49 }).toEqual({ isMet: true, waited: true });
});

test('a wait that has begun goes on from its first look, without a pause', async () => {
  for (let round = 0; round < 5; round += 1) recordDelay('begun', 1e9);
  const startedAt = performance.now();
  const look = (): Promise<boolean> => Promise.reject(new Error('It was looked at already.'));
  const { isMet } = await poll(look, holds, 1e9, 'begun', { startedAt, seen: true });
  expect(isMet).toBe(true);
});

test('whoever takes long to answer is asked less often', async () => {
  const slow = async (): Promise<boolean> => pause(40).then(() => false);
  let looks = 0;
  const counted = (): Promise<boolean> => slow().finally(() => (looks += 1));
  await poll(counted, holds, 400);
  expect(looks).toBeLessThanOrEqual(6);
});

test('what can never hold any more ends the waiting', async () => {
  const { isMet, last } = await poll(
    () => Promise.resolve('ERROR'),
    () => 'stop',
    10_000,
    'ended',
  );
  expect({ isMet, last, learnt: minimumDelay('ended') }).toEqual({ isMet: false, last: 'ERROR', learnt: 0 });
});
