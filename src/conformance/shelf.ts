/**
 * Sets of things that cases share: built when first asked for, kept while they are of use, taken down to make room.
 *
 * A set is of a variant, such as "a paused server with one volume". A set that cannot be built is built once more, from
 * fresh parts. When that fails too, the variant is not tried again: every case that needs it hangs on the same root.
 */
import { add, none, type Amount } from './amount.ts';
import { buildTwice, type Rebuild } from './rebuild.ts';
import type { Clear, Room } from './room.ts';
import { once, type GiveBack, type Ticket } from './tickets.ts';

export interface Variant<T> {
  readonly key: string;
  /** What it is made of; while it is built there is never more. */
  readonly amount: Amount;
  /** What is there once it is built; the same when missing. */
  readonly kept?: Amount;
  /** Sets of this variant at the same time, while sharing one does. */
  readonly copies: number;
  /** Cases that may have one set at the same time. */
  readonly sharers: number;
  readonly build: () => Promise<T>;
  readonly takeDown: (thing: T) => Promise<void>;
}

export interface Loan<T> {
  readonly thing: T;
  /** `spoiled`: nobody else gets this set. Calls after the first do nothing. */
  readonly giveBack: (state: 'intact' | 'spoiled') => void;
  /** Leaves something on the set that goes when it is taken down; `release` is called when that can happen at last. */
  readonly burden: (amount: Amount, goes: () => Promise<void>, release: GiveBack) => void;
}

export interface Shelf {
  readonly borrow: <T>(variant: Variant<T>, ticket: Ticket) => Promise<Loan<T>>;
  /** Takes down a set that nobody has: the one with the most left on it, or the one that was used longest ago. */
  readonly clear: Clear;
}

interface Entry {
  readonly variant: Variant<unknown>;
  readonly thing: Promise<unknown>;
  users: number;
  spoiled: boolean;
  leaving: boolean;
  burden: Amount;
  /** What goes with it, after it. */
  readonly rest: (() => Promise<void>)[];
  /** To be released when nobody has it any more. */
  readonly covers: GiveBack[];
}

/** What a case has of a set, however often it asked. */
interface Holding {
  readonly entry: Entry;
  readonly release: GiveBack;
  times: number;
}

/** `background` gets the work that nobody waits for; `rebuilt` hears of second attempts, and when missing there are none. */
export function createShelf(
  room: Room,
  background: (work: Promise<unknown>) => void,
  rebuilt?: (rebuild: Rebuild) => void,
): Shelf {
  // Those that were used last stand last.
  const entries = new Set<Entry>();
  const broken = new Map<string, unknown>();
  const holdings = new WeakMap<Ticket, Map<string, Promise<Holding>>>();
  const of = (key: string): readonly Entry[] =>
    [...entries].filter((entry) => entry.variant.key === key && !entry.spoiled && !entry.leaving);

  const build = (variant: Variant<unknown>): Entry => {
    const thing = buildTwice(`fixture ${variant.key}`, () => variant.build(), rebuilt);
    const entry: Entry = {
      ...{ variant, thing, users: 0, spoiled: false, leaving: false },
      ...{ burden: none, rest: [], covers: [] },
    };
    entries.add(entry);
    thing.catch((reason: unknown) => {
      broken.set(variant.key, reason);
      entries.delete(entry);
    });
    return entry;
  };
  const takeDown = (entry: Entry): Promise<void> => {
    entry.leaving = true;
    const work = entry.thing
      .then((thing) => entry.variant.takeDown(thing))
      .finally(() => entries.delete(entry))
      .finally(() => Promise.all(entry.rest.map((goes) => goes())));
    background(work);
    return work;
  };
  /** Idle sets with something left on them are lent when that can be covered. */
  const canLend = (entry: Entry): boolean => {
    if (entry.users > 0 || entry.rest.length === 0) return true;
    const covered = room.cover(entry.burden);
    if (covered) entry.covers.push(covered);
    else void takeDown(entry);
    return covered !== undefined;
  };
  const find = (variant: Variant<unknown>): Entry => {
    const own = of(variant.key);
    const free = own.filter(({ users }) => users < variant.sharers).sort((a, b) => a.users - b.users)[0];
    const another = own.length < variant.copies && room.isFree(variant.amount);
    if (free && (free.users === 0 || !another) && canLend(free)) return free;
    return build(variant);
  };
  const free = (entry: Entry): void => {
    entry.users -= 1;
    if (entry.users > 0) return;
    if (entry.spoiled && !entry.leaving) void takeDown(entry);
    for (const release of entry.covers.splice(0)) release();
  };
  const giveBack = (entry: Entry, release: GiveBack): void => {
    // What is spoiled takes up its room until the last one has given it back.
    if (entry.spoiled) entry.covers.push(release);
    else release();
    entries.delete(entry);
    entries.add(entry);
    free(entry);
  };
  const lend = <T>(holding: Holding, ticket: Ticket, thing: T): Loan<T> => {
    const { entry } = holding;
    return {
      thing,
      giveBack: once((state) => {
        entry.spoiled ||= state === 'spoiled';
        holding.times -= 1;
        if (holding.times > 0) return;
        holdings.get(ticket)?.delete(entry.variant.key);
        giveBack(entry, holding.release);
      }),
      burden: (amount, goes, covered) => {
        entry.burden = add(entry.burden, amount);
        // It goes as soon as it is idle, before its burden crowds out sets that are of use.
        entry.spoiled ||= isHeavy(entry.burden, room.limits);
        entry.rest.push(goes);
        entry.covers.push(covered);
      },
    };
  };
  const hold = async (variant: Variant<unknown>, ticket: Ticket): Promise<Holding> => {
    const release = await ticket.charge(variant.amount, () => of(variant.key).length > 0);
    try {
      if (broken.has(variant.key)) throw broken.get(variant.key);
      const entry = find(variant);
      entry.users += 1;
      await entry.thing;
      return { entry, release, times: 0 };
    } catch (error) {
      release();
      throw error;
    }
  };
  /** A case that asks again for what it has already gets the same. */
  const holdingOf = (variant: Variant<unknown>, ticket: Ticket): Promise<Holding> => {
    const own = holdings.get(ticket) ?? new Map<string, Promise<Holding>>();
    holdings.set(ticket, own);
    const before = own.get(variant.key);
    if (before) return before;
    const now = hold(variant, ticket);
    if (variant.sharers > 1) own.set(variant.key, now);
    return now;
  };
  return {
    borrow: async <T>(variant: Variant<T>, ticket: Ticket): Promise<Loan<T>> => {
      const holding = await holdingOf(variant as Variant<unknown>, ticket);
      holding.times += 1;
      return lend(holding, ticket, (await holding.entry.thing) as T);
    },
    clear: (kind) => {
      const idle = [...entries]
        .filter((entry) => entry.users === 0 && !entry.leaving && size(entry)[kind] > 0)
        .sort((a, b) => b.burden[kind] - a.burden[kind])[0];
      return idle && { amount: size(idle), done: takeDown(idle) };
    },
  };
}

/** A third of all the room is taken up by what was left on one set. */
function isHeavy(burden: Amount, limits: Amount): boolean {
  const kinds = ['servers', 'volumes'] as const;
  return kinds.some((kind) => burden[kind] > 0 && 3 * burden[kind] >= limits[kind]);
}

function size({ variant, burden }: Entry): Amount {
  return add(variant.kept ?? variant.amount, burden);
}
