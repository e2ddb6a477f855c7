/**
 * The end of what a run made: creations whose reply never came are found by name, and all that the ledger owns is
 * removed, what holds on to others first, within a bounded time.
 */
import type { Exchange } from '../client/exchange.ts';
import { isJsonObject, jsonList, jsonObject, jsonText } from '../json.ts';
import { budgets } from './budgets.ts';
import type { Identity } from './clause.ts';
import { inParallel } from './in-parallel.ts';
import type { Intent, Owned } from './ledger.ts';
import { bodyOf } from './matchers.ts';
import { isPlainId } from './own-id.ts';
import { poll, statusOf } from './poll.ts';
import type { ResourceKind } from './resource.ts';
import { sendRequest } from './send.ts';
import type { World } from './world.ts';

/** Removes all that the ledger owns, kind by kind; what could not be removed comes back. */
export async function removeOwned(world: World, kinds: readonly ResourceKind[]): Promise<readonly Owned[]> {
  const end = performance.now() + budgets.cleanUp;
  await settleIntents(world, kinds).catch((error: unknown) => world.background(Promise.reject(error as Error)));
  const left: Owned[] = [];
  for (const kind of inOrderOfRemoval(kinds)) {
    const things = world.ledger.owned().filter(({ type }) => type === kind.type);
    await inParallel(things, removalsAtOnce, async (thing) => {
      const budgetMs = Math.min(budgets.removal, end - performance.now());
      if (await removeOne(world, kind, thing, budgetMs)) world.ledger.removed(thing);
      else left.push(thing);
    });
  }
  return left;
}

/** More of them ask a target about each other's things more often than they help. */
const removalsAtOnce = 8;

/** What nobody can be asked to remove, because its maker is not signed in, stays. */
async function removeOne(world: World, kind: ResourceKind, thing: Owned, budgetMs: number): Promise<boolean> {
  const as = thing.identity ?? 'member';
  // Whatever keeps it from being removed, such as a token that ended: it is left, and is told.
  return world.sessions.has(as) && kind.remove(world, thing.id, as, budgetMs).catch(() => false);
}

function inOrderOfRemoval(kinds: readonly ResourceKind[]): readonly ResourceKind[] {
  return [...kinds].sort((a, b) => a.removalOrder - b.removalOrder);
}

/**
 * Finds out what became of creations whose reply never came, by the run's own names: what is there is owned from now
 * on. A target may still be at work on one, so that it is looked for until it would have arrived; an intent that led to
 * nothing stays unsettled.
 */
export async function settleIntents(world: World, kinds: readonly ResourceKind[]): Promise<void> {
  const open = world.ledger.unsettled();
  await inParallel(open, removalsAtOnce, async (intent) => {
    const kind = kinds.find(({ type }) => type === intent.type);
    if (kind) await poll(() => settle(world, kind, intent), Boolean, untilArrived(world, intent));
  });
}

async function settle(world: World, kind: ResourceKind, { type, name }: Intent): Promise<boolean> {
  let found = false;
  for (const identity of world.sessions.keys()) {
    for (const id of await kind.find(world, name, identity)) {
      found = true;
      if (!world.ledger.knows(id)) {
        world.ledger.created({ type, name, id, ...(identity === 'member' ? {} : { identity }) });
      }
    }
  }
  return found;
}

/** What remains of the time in which it may yet arrive. */
function untilArrived({ ledger }: World, intent: Intent): number {
  return budgets.arrival - Math.max(0, ledger.ageOf(intent));
}

/**
 * Is it gone, by word of the service itself? A proxy, or a server that knows no such path, answers 404 as well, but not
 * with the envelope that the service puts its refusals in.
 */
export function isGone(seen: Exchange): boolean {
  if (statusOf(seen) !== 404) return false;
  return Object.values(jsonObject(bodyOf(seen))).some((refusal) => isJsonObject(refusal) && refusal.code === 404);
}

/** Where things of a kind are listed, and under which key. */
export interface Listing {
  readonly service: string;
  readonly path: string;
  readonly key: string;
  readonly name: string;
  readonly as: Identity;
}

/** The ids of what has exactly this name; the target's own filter may let more pass. */
export async function idsByName(world: World, { service, path, key, name, as }: Listing): Promise<readonly string[]> {
  const query = `name=${encodeURIComponent(name)}`;
  const list = await sendRequest(world, { service, method: 'GET', path, query, as, purpose: 'clean-up' });
  const things = jsonList(jsonObject(list.response && bodyOf(list))[key]).map(jsonObject);
  const ids = things.flatMap((thing) => (thing.name === name ? (jsonText(thing.id) ?? []) : []));
  return ids.filter(isPlainId);
}
