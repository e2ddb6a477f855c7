/**
 * The end of many things: each is asked for once, and one list shows how far all of them are, instead of a look at each.
 * It only hastens: whether a thing is gone is found out one by one afterwards, and what is not is removed by other means.
 */
import { budgets } from './budgets.ts';
import type { Identity } from './identity.ts';
import { inParallel } from './in-parallel.ts';
import type { Owned } from './ledger.ts';
import type { Listing } from './listing.ts';
import { poll } from './poll.ts';
import type { ResourceKind } from './resource.ts';
import type { Ground } from './world.ts';

/** For fewer the lists are no gain. */
const worthIt = 3;

/** `end`: when it has to be over, by `performance.now()`. */
export async function endTogether(
  world: Ground,
  kind: ResourceKind,
  things: readonly Owned[],
  atOnce: number,
  end: number,
): Promise<void> {
  for (const [as, own] of byMaker(things)) {
    if (own.size >= worthIt && world.sessions.has(as)) await endFor(world, kind, own, as, atOnce, end);
  }
}

async function endFor(
  world: Ground,
  { type, list, together }: ResourceKind,
  own: ReadonlySet<string>,
  as: Identity,
  atOnce: number,
  end: number,
): Promise<void> {
  if (!list || !together) return;
  const ready = thingsIn(await list(world, as)).filter((seen) => own.has(seen.id) && together.canGo(seen));
  const going = new Set<string>();
  await inParallel(ready, atOnce, async ({ id }) => {
    if (performance.now() < end && (await together.ask(world, id, as))) going.add(id);
  });
  const isOver = (listing: Listing): boolean | 'stop' =>
    listing.is === 'failed' ? 'stop' : !listing.things.some((seen) => going.has(seen.id) && together.isGoing(seen));
  const budgetMs = Math.min(budgets.removal / 3, end - performance.now());
  if (going.size > 0 && budgetMs > 0) await poll(() => list(world, as), isOver, budgetMs, `every ${type} gone`);
}

function thingsIn(listing: Listing): Extract<Listing, { is: 'listed' }>['things'] {
  return listing.is === 'listed' ? listing.things : [];
}

function byMaker(things: readonly Owned[]): ReadonlyMap<Identity, ReadonlySet<string>> {
  const makers = new Map<Identity, Set<string>>();
  for (const { id, identity = 'member' } of things) {
    makers.set(identity, (makers.get(identity) ?? new Set()).add(id));
  }
  return makers;
}
