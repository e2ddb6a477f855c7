/**
 * The end of what a run made: creations whose reply never came are found by name, and all that the ledger owns is
 * removed, what holds on to others first, within a bounded time.
 */
import { budgets } from './budgets.ts';
import { isNamedAfter, takeRolls, type Roll } from './census.ts';
import { endTogether } from './end-together.ts';
import { inParallel } from './in-parallel.ts';
import type { Intent, Owned } from './ledger.ts';
import { poll } from './poll.ts';
import type { ResourceKind } from './resource.ts';
import type { Ground } from './world.ts';

export interface Removal {
  /** What could not be removed, and all else that carries the run's name. */
  readonly left: readonly Owned[];
  /** What the lists of each project showed at the end. */
  readonly rolls: readonly Roll[];
}

/** Removes all that the ledger owns, but for what is kept, and looks through the lists for what is still there. */
export async function removeOwned(
  world: Ground,
  kinds: readonly ResourceKind[],
  budgetMs: number = budgets.cleanUp,
  kept: readonly Owned[] = [],
): Promise<Removal> {
  const stays = new Set(kept.map(({ id }) => id));
  const end = performance.now() + budgetMs;
  await settleIntents(world, kinds, budgetMs).catch((error: unknown) =>
    world.background(Promise.reject(error as Error)),
  );
  await removeAll(world, kinds, end, stays);
  const seen = await takeRolls(world, kinds);
  // What has come after all, or is listed although it was said to be gone, is tried once more.
  const strays = reclaim(world, seen);
  const left = (): readonly Owned[] => world.ledger.owned().filter(({ id }) => !stays.has(id));
  if (!strays.ours) return { left: [...left(), ...strays.unknown], rolls: seen };
  await removeAll(world, kinds, end, stays);
  const rolls = await takeRolls(world, kinds);
  return { left: [...left(), ...reclaim(world, rolls).unknown], rolls };
}

async function removeAll(
  world: Ground,
  kinds: readonly ResourceKind[],
  end: number,
  stays: ReadonlySet<string>,
): Promise<void> {
  for (const kind of inOrderOfRemoval(kinds)) {
    const things = world.ledger.owned().filter(({ type, id }) => type === kind.type && !stays.has(id));
    await endTogether(world, kind, things, removalsAtOnce, end).catch(() => undefined);
    await inParallel(things, removalsAtOnce, async (thing) => {
      const budgetMs = Math.min(budgets.removal, end - performance.now());
      // What is left when the time is over is told, and `cleanup` removes it.
      if (budgetMs > 0 && (await removeOne(world, kind, thing, budgetMs))) world.ledger.removed(thing);
    });
  }
}

interface Strays {
  /** Something was found that the ledger owns again. */
  readonly ours: boolean;
  /** They carry the run's name, and the ledger has neither id nor intent of them: not to be touched. */
  readonly unknown: readonly Owned[];
}

/** What of the run stands in the lists although the ledger has it no more, or never had it. */
function reclaim({ ledger, runName }: Ground, rolls: readonly Roll[]): Strays {
  const unknown = new Map<string, Owned>();
  let ours = false;
  const owned = new Set(ledger.owned().map(({ id }) => id));
  for (const { identity, type, listing } of rolls) {
    for (const { id, name } of listing.is === 'listed' ? listing.things : []) {
      if (owned.has(id) || !(isNamedAfter(runName, name) || ledger.knows(id))) continue;
      const thing = { type, name, id, ...(identity === 'member' ? {} : { identity }) };
      const known = ledger.knows(id) || ledger.unsettled().some((intent) => intent.name === name);
      owned.add(id);
      if (known) ledger.created(thing);
      else unknown.set(id, thing);
      ours ||= known;
    }
  }
  return { ours, unknown: [...unknown.values()] };
}

/** More of them ask a target about each other's things more often than they help. */
const removalsAtOnce = 8;

/** What nobody can be asked to remove, because its maker is not signed in, stays. */
async function removeOne(world: Ground, kind: ResourceKind, thing: Owned, budgetMs: number): Promise<boolean> {
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
export async function settleIntents(
  world: Ground,
  kinds: readonly ResourceKind[],
  budgetMs: number = budgets.arrival,
): Promise<void> {
  const open = world.ledger.unsettled();
  await inParallel(open, removalsAtOnce, async (intent) => {
    const kind = kinds.find(({ type }) => type === intent.type);
    if (kind) await poll(() => settle(world, kind, intent), Boolean, Math.min(budgetMs, untilArrived(world, intent)));
  });
}

/**
 * Notes as refused each creation whose reply never came and which led to nothing: no list failed, none shows its name,
 * and the time in which it may yet arrive is over. `isMeant`: which kinds of things the lists were of.
 */
export function dismissAbsent({ ledger }: Ground, isMeant: (intent: Intent) => boolean): void {
  for (const intent of ledger.unsettled()) {
    if (isMeant(intent) && ledger.ageOf(intent) >= budgets.arrival) ledger.refused(intent.name);
  }
}

async function settle(world: Ground, kind: ResourceKind, { type, name }: Intent): Promise<boolean> {
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
function untilArrived({ ledger }: Ground, intent: Intent): number {
  return budgets.arrival - Math.max(0, ledger.ageOf(intent));
}
