/** The end of what a run made: what stays, and what carries its name without being known, is told; nothing else is touched. */
import { expect, test } from 'vitest';
import type { Listed } from '../../src/resources/listing.ts';
import { removeOwned } from '../../src/resources/cleanup.ts';
import type { ResourceKind } from '../../src/resources/resource-type.ts';
import { responded, tinyRun } from '../execution/tiny-run.ts';
import { things as contract } from './things.ts';

const run = 'osc-000000';
const listedAs = (id: string, name: string): Listed => ({ id, name, status: 'available', attachments: [] });
const own = { type: 'volume', name: `${run}-volume-1`, id: 'v1' };

interface Play {
  readonly name: string;
  /** What the list shows, first and after another try. */
  readonly lists: readonly (readonly Listed[] | 'failed')[];
  /** Whether the thing goes, at the first try and at the next. */
  readonly goes: readonly boolean[];
  readonly left: readonly string[];
  readonly asked: readonly string[];
}

const plays: readonly Play[] = [
  { name: 'that goes is not left', lists: [[]], goes: [true], left: [], asked: ['v1'] },
  { name: 'that stays is left', lists: [[listedAs('v1', own.name)]], goes: [false], left: ['v1'], asked: ['v1'] },
  {
    name: 'that is listed although it was said to be gone is tried again',
    lists: [[listedAs('v1', own.name)], []],
    goes: [true, true],
    left: [],
    asked: ['v1', 'v1'],
  },
  {
    name: 'with the run in its name and unknown to the ledger is told and not touched',
    lists: [[listedAs('x1', `${run}-volume-7`)]],
    goes: [true],
    left: ['x1'],
    asked: ['v1'],
  },
  {
    name: 'of somebody else is neither told nor touched',
    lists: [[listedAs('b1', 'bystander'), listedAs('b2', 'osc-000001-volume-1')]],
    goes: [true],
    left: [],
    asked: ['v1'],
  },
  { name: 'goes also where the lists fail', lists: ['failed'], goes: [true], left: [], asked: ['v1'] },
];

test.each(plays)('a thing $name', async ({ lists, goes, left, asked }) => {
  const { run } = tinyRun(contract, () => responded(200, {}));
  await run.ledger.intend(own.type, own.name);
  run.ledger.created(own);
  const tried: string[] = [];
  let listings = 0;
  const kind: ResourceKind = {
    type: 'volume',
    removalOrder: 1,
    capacity: { limit: 60, ofOneCase: 3 },
    remove: async (_run, id) => goes[tried.push(id) - 1] ?? false,
    find: async () => [],
    list: async () => {
      const shown = lists[Math.min(listings++, lists.length - 1)] ?? [];
      return shown === 'failed' ? { is: 'failed', reason: 'the reply was 500' } : { is: 'listed', things: shown };
    },
    command: 'remove',
  };
  const removal = await removeOwned(run, [kind]);
  expect(removal.left.map(({ id }) => id)).toEqual(left);
  expect(tried).toEqual(asked);
  expect(removal.resourceLists.map(({ listing }) => listing.is)).toEqual([
    lists.includes('failed') ? 'failed' : 'listed',
  ]);
});
