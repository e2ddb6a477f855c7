/**
 * Removes many resources together: requests each removal once, and polls one list instead of every resource.
 * This only saves time: each resource is checked afterwards, and removed individually if it still exists.
 */
import { timeouts } from './timeouts.ts';
import type { Identity } from '../clauses/identity.ts';
import { inParallel } from './in-parallel.ts';
import type { Owned } from '../resources/ledger.ts';
import type { Listing } from '../resources/listing.ts';
import { poll } from './poll.ts';
import type { ResourceKind } from '../resources/resource-type.ts';
import type { CleanupContext } from './run-context.ts';

/** For fewer resources the lists save nothing. */
const worthIt = 3;

/** `end`: the deadline, by `performance.now()`. */
export async function endTogether(
  run: CleanupContext,
  kind: ResourceKind,
  things: readonly Owned[],
  atOnce: number,
  end: number,
): Promise<void> {
  for (const [as, own] of byMaker(things)) {
    if (own.size >= worthIt && run.sessions.has(as)) await endFor(run, kind, own, as, atOnce, end);
  }
}

async function endFor(
  run: CleanupContext,
  { type, list, together }: ResourceKind,
  own: ReadonlySet<string>,
  as: Identity,
  atOnce: number,
  end: number,
): Promise<void> {
  if (!list || !together) return;
  const ready = thingsIn(await list(run, as)).filter((seen) => own.has(seen.id) && together.canBeRemoved(seen));
  const requested = new Set<string>();
  await inParallel(ready, atOnce, async ({ id }) => {
    if (performance.now() < end && (await together.ask(run, id, as))) requested.add(id);
  });
  const isCompleted = (listing: Listing): boolean | 'stop' =>
    listing.is === 'failed'
      ? 'stop'
      : !listing.things.some((seen) => requested.has(seen.id) && together.isBeingRemoved(seen));
  const timeoutMs = Math.min(timeouts.removal / 3, end - performance.now());
  if (requested.size > 0 && timeoutMs > 0)
    await poll(() => list(run, as), isCompleted, timeoutMs, `every ${type} removed`);
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
