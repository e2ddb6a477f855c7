/**
 * Fixtures that cases share: built on first use, kept while they are useful, removed when capacity is needed.
 *
 * A fixture has a definition, such as "a paused server with one volume". A fixture that cannot be built is built once
 * more, from fresh resources. When that fails too, its definition is not built again: every case that needs it is
 * inconclusive for the same cause.
 */
import { add, countOf, limitOf, none, type ResourceCounts } from './resource-counts.ts';
import { buildTwice } from '../execution/rebuild.ts';
import type { Rebuild } from '../records/run-facts.ts';
import type { Clear, Capacity } from './capacity.ts';
import { once, type GiveBack, type Reservation } from './reservations.ts';

export interface FixtureDefinition<T> {
  readonly key: string;
  /** The resources that it needs at most, also while it is built. */
  readonly resources: ResourceCounts;
  /** The resources that remain once it is built; `resources` when missing. */
  readonly kept?: ResourceCounts;
  /** How many fixtures of this definition to build, if capacity allows it, before cases share them. */
  readonly copies: number;
  /** How many cases may lease one fixture at the same time. */
  readonly sharers: number;
  readonly build: () => Promise<T>;
  readonly takeDown: (thing: T) => Promise<void>;
}

export interface Lease<T> {
  readonly thing: T;
  /** `dirty`: no other case gets this fixture. Further calls do nothing. */
  readonly giveBack: (state: 'intact' | 'dirty') => void;
  /** Defers the cleanup of something to the removal of the fixture; `release` is called when that can start. */
  readonly deferred: (resources: ResourceCounts, cleanUp: () => Promise<void>, release: GiveBack) => void;
}

export interface FixturePool {
  readonly borrow: <T>(definition: FixtureDefinition<T>, reservation: Reservation) => Promise<Lease<T>>;
  /** Removes an idle fixture: the one with the most deferred cleanup, else the least recently used. */
  readonly clear: Clear;
}

interface Entry {
  readonly definition: FixtureDefinition<unknown>;
  readonly thing: Promise<unknown>;
  users: number;
  dirty: boolean;
  leaving: boolean;
  deferred: ResourceCounts;
  /** Deferred cleanup, run after its removal. */
  readonly rest: (() => Promise<void>)[];
  /** Released when no case has it any more. */
  readonly covers: GiveBack[];
}

/** The lease of one case, which may have asked several times. */
interface CaseLease {
  readonly entry: Entry;
  readonly release: GiveBack;
  times: number;
}

/** `background` gets work that no case waits for; `rebuilt` receives second attempts; without it there are none. */
export function createFixturePool(
  capacity: Capacity,
  background: (work: Promise<unknown>) => void,
  rebuilt?: (rebuild: Rebuild) => void,
): FixturePool {
  // In order of last use.
  const entries = new Set<Entry>();
  const broken = new Map<string, unknown>();
  const caseLeases = new WeakMap<Reservation, Map<string, Promise<CaseLease>>>();
  const of = (key: string): readonly Entry[] =>
    [...entries].filter((entry) => entry.definition.key === key && !entry.dirty && !entry.leaving);

  const build = (definition: FixtureDefinition<unknown>): Entry => {
    const thing = buildTwice(`fixture ${definition.key}`, () => definition.build(), rebuilt);
    const entry: Entry = {
      ...{ definition, thing, users: 0, dirty: false, leaving: false },
      ...{ deferred: none, rest: [], covers: [] },
    };
    entries.add(entry);
    thing.catch((reason: unknown) => {
      broken.set(definition.key, reason);
      entries.delete(entry);
    });
    return entry;
  };
  const takeDown = (entry: Entry): Promise<void> => {
    entry.leaving = true;
    const work = entry.thing
      .then((thing) => entry.definition.takeDown(thing))
      .finally(() => entries.delete(entry))
      .finally(() => Promise.all(entry.rest.map((cleanUp) => cleanUp())));
    background(work);
    return work;
  };
  /** An idle fixture with deferred cleanup is leased only if capacity covers what is deferred. */
  const canLease = (entry: Entry): boolean => {
    if (entry.users > 0 || entry.rest.length === 0) return true;
    const covered = capacity.cover(entry.deferred);
    if (covered) entry.covers.push(covered);
    else void takeDown(entry);
    return covered !== undefined;
  };
  const find = (definition: FixtureDefinition<unknown>): Entry => {
    const own = of(definition.key);
    const free = own.filter(({ users }) => users < definition.sharers).sort((a, b) => a.users - b.users)[0];
    const another = own.length < definition.copies && capacity.isFree(definition.resources);
    if (free && (free.users === 0 || !another) && canLease(free)) return free;
    return build(definition);
  };
  const free = (entry: Entry): void => {
    entry.users -= 1;
    if (entry.users > 0) return;
    if (entry.dirty && !entry.leaving) void takeDown(entry);
    for (const release of entry.covers.splice(0)) release();
  };
  const giveBack = (entry: Entry, release: GiveBack): void => {
    // A dirty fixture uses its capacity until the last lease is returned.
    if (entry.dirty) entry.covers.push(release);
    else release();
    entries.delete(entry);
    entries.add(entry);
    free(entry);
  };
  const toLease = <T>(caseLease: CaseLease, reservation: Reservation, thing: T): Lease<T> => {
    const { entry } = caseLease;
    return {
      thing,
      giveBack: once((state) => {
        entry.dirty ||= state === 'dirty';
        caseLease.times -= 1;
        if (caseLease.times > 0) return;
        caseLeases.get(reservation)?.delete(entry.definition.key);
        giveBack(entry, caseLease.release);
      }),
      deferred: (resources, cleanUp, covered) => {
        entry.deferred = add(entry.deferred, resources);
        // Remove it as soon as it is idle, before its deferred cleanup takes capacity from useful fixtures.
        entry.dirty ||= isHeavy(entry.deferred, capacity.limits);
        entry.rest.push(cleanUp);
        entry.covers.push(covered);
      },
    };
  };
  const acquire = async (definition: FixtureDefinition<unknown>, reservation: Reservation): Promise<CaseLease> => {
    const release = await reservation.charge(definition.resources, () => of(definition.key).length > 0);
    try {
      if (broken.has(definition.key)) throw broken.get(definition.key);
      const entry = find(definition);
      entry.users += 1;
      await entry.thing;
      return { entry, release, times: 0 };
    } catch (error) {
      release();
      throw error;
    }
  };
  /** A case that asks again gets the fixture that it already has. */
  const caseLeaseOf = (definition: FixtureDefinition<unknown>, reservation: Reservation): Promise<CaseLease> => {
    const own = caseLeases.get(reservation) ?? new Map<string, Promise<CaseLease>>();
    caseLeases.set(reservation, own);
    const before = own.get(definition.key);
    if (before) return before;
    const now = acquire(definition, reservation);
    if (definition.sharers > 1) own.set(definition.key, now);
    return now;
  };
  return {
    borrow: async <T>(definition: FixtureDefinition<T>, reservation: Reservation): Promise<Lease<T>> => {
      const caseLease = await caseLeaseOf(definition as FixtureDefinition<unknown>, reservation);
      caseLease.times += 1;
      return toLease(caseLease, reservation, (await caseLease.entry.thing) as T);
    },
    clear: (kind) => {
      const idle = [...entries]
        .filter((entry) => entry.users === 0 && !entry.leaving && countOf(size(entry), kind) > 0)
        .sort((a, b) => countOf(b.deferred, kind) - countOf(a.deferred, kind))[0];
      return idle && { resources: size(idle), done: takeDown(idle) };
    },
  };
}

/** Whether the deferred cleanup of one fixture uses a third of the capacity. */
function isHeavy(deferred: ResourceCounts, limits: ResourceCounts): boolean {
  return Object.entries(deferred).some(([kind, count]) => count > 0 && 3 * count >= limitOf(limits, kind));
}

function size({ definition, deferred }: Entry): ResourceCounts {
  return add(definition.kept ?? definition.resources, deferred);
}
