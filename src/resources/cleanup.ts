/**
 * Cleanup of a run: finds creations whose response was lost by their names, and removes everything that the ledger
 * owns, dependent resources first, within a timeout.
 */
import { timeouts } from '../execution/timeouts.ts';
import { isNamedAfter, takeInventory, type ResourceList } from './inventory.ts';
import { endTogether } from '../execution/end-together.ts';
import { inParallel } from '../execution/in-parallel.ts';
import type { Intent, Owned } from './ledger.ts';
import { poll } from '../execution/poll.ts';
import type { ResourceKind } from './resource-type.ts';
import type { CleanupContext } from '../execution/run-context.ts';

export interface Removal {
  /** Resources that could not be removed, and all others that carry the name of the run. */
  readonly left: readonly Owned[];
  /** The lists of each project after the cleanup. */
  readonly resourceLists: readonly ResourceList[];
}

/** Removes everything that the ledger owns, except what is kept, and checks the lists for what still exists. */
export async function removeOwned(
  run: CleanupContext,
  kinds: readonly ResourceKind[],
  timeoutMs: number = timeouts.cleanUp,
  kept: readonly Owned[] = [],
): Promise<Removal> {
  const stays = new Set(kept.map(({ id }) => id));
  const end = performance.now() + timeoutMs;
  await settleIntents(run, kinds, timeoutMs).catch((error: unknown) => run.background(Promise.reject(error as Error)));
  await removeAll(run, kinds, end, stays);
  const seen = await takeInventory(run, kinds);
  // Resources that appeared late, or are listed although they were reported removed, are removed once more.
  const strays = reclaim(run, seen);
  const left = (): readonly Owned[] => run.ledger.owned().filter(({ id }) => !stays.has(id));
  if (!strays.ours) return { left: [...left(), ...strays.unknown], resourceLists: seen };
  await removeAll(run, kinds, end, stays);
  const resourceLists = await takeInventory(run, kinds);
  return { left: [...left(), ...reclaim(run, resourceLists).unknown], resourceLists };
}

async function removeAll(
  run: CleanupContext,
  kinds: readonly ResourceKind[],
  end: number,
  stays: ReadonlySet<string>,
): Promise<void> {
  for (const kind of inOrderOfRemoval(kinds)) {
    const things = run.ledger.owned().filter(({ type, id }) => type === kind.type && !stays.has(id));
    await endTogether(run, kind, things, removalsAtOnce, end).catch(() => undefined);
    await inParallel(things, removalsAtOnce, async (thing) => {
      const timeoutMs = Math.min(timeouts.removal, end - performance.now());
      // What is left after the timeout is reported, and the command `cleanup` removes it.
      if (timeoutMs > 0 && (await removeOne(run, kind, thing, timeoutMs))) run.ledger.removed(thing);
    });
  }
}

interface Strays {
  /** Resources were found that the ledger owns again. */
  readonly ours: boolean;
  /** They carry the name of the run, but the ledger has neither their id nor an intent: they are not removed. */
  readonly unknown: readonly Owned[];
}

/** Finds resources of the run in the lists that the ledger considers removed, or never had. */
function reclaim({ ledger, runName }: CleanupContext, resourceLists: readonly ResourceList[]): Strays {
  const unknown = new Map<string, Owned>();
  let ours = false;
  const owned = new Set(ledger.owned().map(({ id }) => id));
  for (const { identity, type, listing } of resourceLists) {
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

/** More parallel removals would send more requests without saving time. */
const removalsAtOnce = 8;

/** A resource whose creator is not signed in is not removed. */
async function removeOne(run: CleanupContext, kind: ResourceKind, thing: Owned, timeoutMs: number): Promise<boolean> {
  const as = thing.identity ?? 'member';
  // On any error, such as an expired token, the resource is left and reported.
  return run.sessions.has(as) && kind.remove(run, thing.id, as, timeoutMs).catch(() => false);
}

function inOrderOfRemoval(kinds: readonly ResourceKind[]): readonly ResourceKind[] {
  return [...kinds].sort((a, b) => a.removalOrder - b.removalOrder);
}

/**
 * Finds creations whose response was lost, by their names: what exists is owned from now on. A target may still be
 * creating one, so it is looked for until the timeout `arrival` ends; an intent without a resource stays unsettled.
 */
export async function settleIntents(
  run: CleanupContext,
  kinds: readonly ResourceKind[],
  timeoutMs: number = timeouts.arrival,
): Promise<void> {
  const open = run.ledger.unsettled();
  await inParallel(open, removalsAtOnce, async (intent) => {
    const kind = kinds.find(({ type }) => type === intent.type);
    if (kind) await poll(() => findCreated(run, kind, intent), Boolean, Math.min(timeoutMs, untilArrived(run, intent)));
  });
}

/**
 * Marks as refused each creation without a response and without a resource: no list failed, none shows its name, and
 * the timeout `arrival` has ended. `isMeant`: whether the lists cover the type of an intent.
 */
export function dismissAbsent({ ledger }: CleanupContext, isMeant: (intent: Intent) => boolean): void {
  for (const intent of ledger.unsettled()) {
    if (isMeant(intent) && ledger.ageOf(intent) >= timeouts.arrival) ledger.refused(intent.name);
  }
}

async function findCreated(run: CleanupContext, kind: ResourceKind, { type, name }: Intent): Promise<boolean> {
  let found = false;
  for (const identity of run.sessions.keys()) {
    for (const id of await kind.find(run, name, identity)) {
      found = true;
      if (!run.ledger.knows(id)) {
        run.ledger.created({ type, name, id, ...(identity === 'member' ? {} : { identity }) });
      }
    }
  }
  return found;
}

/** The rest of the timeout in which the resource may still appear. */
function untilArrived({ ledger }: CleanupContext, intent: Intent): number {
  return timeouts.arrival - Math.max(0, ledger.ageOf(intent));
}
