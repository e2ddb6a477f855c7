/** Many who wait for the disk share its turns, and nobody is told too early. */
import { expect, test } from 'vitest';
import { safeOnDisk } from '../../cli/run/safe-on-disk.ts';

interface Turn {
  readonly end: () => void;
  readonly fail: (error: Error) => void;
}

function disk(): { readonly turns: readonly Turn[]; readonly sync: () => Promise<void> } {
  const turns: Turn[] = [];
  const sync = (): Promise<void> => new Promise((end, fail) => turns.push({ end, fail }));
  return { turns, sync };
}

/** Lets all that can go on go on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('what is written during a turn waits for the next one, together', async () => {
  const { turns, sync } = disk();
  const safe = safeOnDisk(sync);
  const told: string[] = [];
  for (const name of ['first', 'second', 'third']) void safe().then(() => told.push(name));
  expect(turns).toHaveLength(1);
  turns[0]?.end();
  await settle();
  expect(told).toEqual(['first']);
  expect(turns).toHaveLength(2);
  turns[1]?.end();
  await settle();
  expect(told).toEqual(['first', 'second', 'third']);
  await Promise.all([safe(), Promise.resolve(turns[2]?.end())]);
  expect(turns).toHaveLength(3);
});

test('a turn that fails fails those who waited for it, and the next one is tried all the same', async () => {
  const { turns, sync } = disk();
  const safe = safeOnDisk(sync);
  const outcomes = Promise.allSettled([safe(), safe()]);
  turns[0]?.fail(new Error('The disk is full.'));
  await settle();
  turns[1]?.end();
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});
