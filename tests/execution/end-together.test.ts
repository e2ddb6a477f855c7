/** The end of many things: each is asked for once and all are looked at in a list; only what is one's own and can go. */
import { expect, test } from 'vitest';
import type { Listed, Listing } from '../../src/resources/listing.ts';
import { endTogether } from '../../src/execution/end-together.ts';
import { removeOwned } from '../../src/resources/cleanup.ts';
import type { ResourceKind } from '../../src/resources/resource-type.ts';
import { responded, tinyRun } from './tiny-run.ts';
import { things as contract } from '../resources/things.ts';

const listed = (id: string, status = 'available'): Listed => ({
  id,
  name: `osc-000000-${id}`,
  status,
  attachments: [],
});
const named = (id: string) => ({ type: 'volume', name: `osc-000000-${id}`, id });

function ctx(lists: readonly (readonly Listed[] | 'failed')[], refuses: readonly string[] = []) {
  const asked: string[] = [];
  const removed: string[] = [];
  let looks = 0;
  const list = async (): Promise<Listing> => {
    const shown = lists[Math.min(looks++, lists.length - 1)] ?? [];
    return shown === 'failed' ? { is: 'failed', reason: 'the reply was 500' } : { is: 'listed', things: shown };
  };
  const kind: ResourceKind = {
    type: 'volume',
    removalOrder: 1,
    remove: async (_run, id) => removed.push(id) > 0,
    together: {
      canBeRemoved: ({ status }) => status === 'available',
      isBeingRemoved: ({ status }) => status !== 'error_deleting',
      ask: async (_run, id) => asked.push(id) > 0 && !refuses.includes(id),
    },
    find: async () => [],
    list,
    command: 'remove',
  };
  return { kind, asked, removed, looks: () => looks };
}

const soon = (): number => performance.now() + 60_000;
const { run } = tinyRun(contract, () => responded(200, {}));

interface Play {
  readonly name: string;
  readonly lists: readonly (readonly Listed[] | 'failed')[];
  readonly own: readonly string[];
  readonly refuses?: readonly string[];
  readonly asked: readonly string[];
  readonly looks: number;
}

const many = ['a', 'b', 'c'];
const plays: readonly Play[] = [
  {
    name: 'each is asked for once, and the list is looked at until none is there',
    lists: [many.map((id) => listed(id)), [listed('c', 'deleting')], []],
    own: many,
    asked: many,
    looks: 3,
  },
  {
    name: 'what others have is never asked for',
    lists: [[listed('x'), ...many.map((id) => listed(id))], [listed('x')]],
    own: many,
    asked: many,
    looks: 2,
  },
  {
    name: 'what cannot go yet, or is not listed, is left to be removed by itself',
    lists: [[listed('a', 'in-use'), listed('b')], [listed('a', 'in-use')]],
    own: many,
    asked: ['b'],
    looks: 2,
  },
  {
    name: 'nobody waits for what was refused',
    lists: [many.map((id) => listed(id)), [listed('b')]],
    own: many,
    refuses: many,
    asked: many,
    looks: 1,
  },
  {
    name: 'nobody waits for what goes no further',
    lists: [many.map((id) => listed(id)), [listed('b', 'error_deleting')]],
    own: many,
    asked: many,
    looks: 2,
  },
  { name: 'where the list fails nothing is asked for', lists: ['failed'], own: many, asked: [], looks: 1 },
  { name: 'for two things the lists are no gain', lists: [[]], own: ['a', 'b'], asked: [], looks: 0 },
];

test.each(plays)('$name', async ({ lists, own, refuses, asked, looks }) => {
  const seen = ctx(lists, refuses);
  await endTogether(run, seen.kind, own.map(named), 1, soon());
  expect({ asked: seen.asked, looks: seen.looks() }).toEqual({ asked, looks });
});

test('when the time is over nothing is asked for', async () => {
  const seen = ctx([many.map((id) => listed(id)), []]);
  await endTogether(run, seen.kind, many.map(named), 1, performance.now() - 1);
  expect(seen.asked).toEqual([]);
});

test('whether a thing is gone is found out one by one all the same', async () => {
  const own = tinyRun(contract, () => responded(200, {})).run;
  for (const thing of many.map(named)) {
    await own.ledger.intend(thing.type, thing.name);
    own.ledger.created(thing);
  }
  const seen = ctx([many.map((id) => listed(id)), []]);
  const { left } = await removeOwned(own, [seen.kind]);
  expect({ asked: seen.asked.sort(), removed: seen.removed.sort(), left }).toEqual({
    asked: many,
    removed: many,
    left: [],
  });
});
