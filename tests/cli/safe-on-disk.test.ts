/** Concurrent writers share disk flushes, and no writer is notified too early. */
import { expect, test } from 'vitest';
import { safeOnDisk } from '../../cli/run/safe-on-disk.ts';

interface Flush {
  readonly end: () => void;
  readonly fail: (error: Error) => void;
}

function disk(): { readonly flushes: readonly Flush[]; readonly sync: () => Promise<void> } {
  const flushes: Flush[] = [];
  const sync = (): Promise<void> => new Promise((end, fail) => flushes.push({ end, fail }));
  return { flushes, sync };
}

/** Runs all pending work. */
const runPending = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('data written during a flush waits for the next one, together', async () => {
  const { flushes, sync } = disk();
  const safe = safeOnDisk(sync);
  const written: string[] = [];
  for (const name of ['first', 'second', 'third']) void safe().then(() => written.push(name));
  expect(flushes).toHaveLength(1);
  flushes[0]?.end();
  await runPending();
  expect(written).toEqual(['first']);
  expect(flushes).toHaveLength(2);
  flushes[1]?.end();
  await runPending();
  expect(written).toEqual(['first', 'second', 'third']);
  await Promise.all([safe(), Promise.resolve(flushes[2]?.end())]);
  expect(flushes).toHaveLength(3);
});

test('a failed flush fails its writers only, and the next one is attempted', async () => {
  const { flushes, sync } = disk();
  const safe = safeOnDisk(sync);
  const outcomes = Promise.allSettled([safe(), safe()]);
  flushes[0]?.fail(new Error('The disk is full.'));
  await runPending();
  flushes[1]?.end();
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});
