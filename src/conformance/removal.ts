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
import type { Named, ResourceKind } from './resource.ts';
import { sendRequest } from './send.ts';
import type { World } from './world.ts';

/** Removes all that the ledger owns; what could not be removed, and all else that carries the run's name, comes back. */
export async function removeOwned(world: World, kinds: readonly ResourceKind[]): Promise<readonly Owned[]> {
  const end = performance.now() + budgets.cleanUp;
  await settleIntents(world, kinds).catch((error: unknown) => world.background(Promise.reject(error as Error)));
  await removeAll(world, kinds, end);
  // What has come after all, or is listed although it was said to be gone, is tried once more.
  const strays = await reclaim(world, kinds);
  if (strays.ours) await removeAll(world, kinds, end);
  return [...world.ledger.owned(), ...strays.unknown];
}

async function removeAll(world: World, kinds: readonly ResourceKind[], end: number): Promise<void> {
  for (const kind of inOrderOfRemoval(kinds)) {
    const things = world.ledger.owned().filter(({ type }) => type === kind.type);
    await inParallel(things, removalsAtOnce, async (thing) => {
      const budgetMs = Math.min(budgets.removal, end - performance.now());
      if (await removeOne(world, kind, thing, budgetMs)) world.ledger.removed(thing);
    });
  }
}

interface Strays {
  /** Something was found that the ledger owns again. */
  readonly ours: boolean;
  /** They carry the run's name, and the ledger has neither id nor intent of them: not to be touched. */
  readonly unknown: readonly Owned[];
}

/** Looks through the lists of each project for what is still there. */
async function reclaim(world: World, kinds: readonly ResourceKind[]): Promise<Strays> {
  const { ledger, runName } = world;
  const unknown: Owned[] = [];
  let ours = false;
  for (const identity of (['member', 'other'] as const).filter((one) => world.sessions.has(one))) {
    for (const kind of kinds) {
      const owned = new Set(ledger.owned().map(({ id }) => id));
      for (const { id, name } of (await kind.list?.(world, identity)) ?? []) {
        const named = runName !== '' && name.startsWith(`${runName}-`);
        if (owned.has(id) || !(named || ledger.knows(id))) continue;
        const thing = { type: kind.type, name, id, ...(identity === 'member' ? {} : { identity }) };
        const known = ledger.knows(id) || ledger.unsettled().some((intent) => intent.name === name);
        if (known) ledger.created(thing);
        else unknown.push(thing);
        ours ||= known;
      }
    }
  }
  return { ours, unknown };
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
}

/** The ids of what has exactly this name; the target's own filter may let more pass. */
export async function idsByName(
  world: World,
  { service, path, key }: Listing,
  name: string,
  as: Identity,
): Promise<readonly string[]> {
  const query = `name=${encodeURIComponent(name)}`;
  const list = await sendRequest(world, { service, method: 'GET', path, query, as, purpose: 'clean-up' });
  return namedIn(list, key)?.flatMap((thing) => (thing.name === name ? [thing.id] : [])) ?? [];
}

/** All of a list, page by page; undefined when one of them does not come. */
export async function listAll(
  world: World,
  { service, path, key }: Listing,
  as: Identity,
): Promise<readonly Named[] | undefined> {
  const all = new Map<string, Named>();
  for (let page = 0; page < mostPages; page += 1) {
    const last = [...all.keys()].at(-1);
    const query = `limit=500${last === undefined ? '' : `&marker=${encodeURIComponent(last)}`}`;
    const list = await sendRequest(world, { service, method: 'GET', path, query, as, purpose: 'clean-up' });
    const things = namedIn(list, key);
    if (!things) return undefined;
    const before = all.size;
    for (const thing of things) all.set(thing.id, thing);
    if (all.size === before) return [...all.values()];
  }
  return undefined;
}

/** Longer lists are not a project's. */
const mostPages = 40;

function namedIn(list: Exchange, key: string): readonly Named[] | undefined {
  const things = statusOf(list) === 200 ? jsonObject(bodyOf(list))[key] : undefined;
  if (!Array.isArray(things)) return undefined;
  return jsonList(things).flatMap((value) => {
    const { id, name } = jsonObject(value);
    return typeof id === 'string' && isPlainId(id) ? [{ id, name: jsonText(name) ?? '' }] : [];
  });
}
