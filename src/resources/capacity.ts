/**
 * The capacity of a run: how many resources of each kind it may have in the target at a time.
 *
 * Every resource of a limited kind has a slot from before its creation until it is really removed; when no slot is left, idle
 * resources are removed. Everything in use is covered by reservations, the rest is idle or being removed: so every slot
 * that is waited for becomes available without another case having to complete.
 */
import {
  add,
  countOf,
  fits,
  limitOf,
  minus,
  none,
  ofKinds,
  one,
  type ResourceCounts,
  type SlotKind,
} from './resource-counts.ts';
import { pluralOf } from './type-words.ts';
import { HarnessError, Unreached } from '../execution/errors.ts';
import {
  createReservations,
  lostWords,
  once,
  type GiveBack,
  type Reservation,
  type ReservationOptions,
  type Reservations,
} from './reservations.ts';

export interface Capacity {
  readonly limits: ResourceCounts;
  /** A reservation for one case; it is admitted when it first charges something. */
  readonly reservation: () => Reservation;
  /** Waits for a slot for one more resource. @throws Unreached when none can become available any more */
  readonly slot: (kind: SlotKind) => Promise<Slot>;
  /** Whether so many slots are available now, without removing idle resources. */
  readonly isFree: (resources: ResourceCounts) => boolean;
  /** Whether another case could be admitted now. */
  readonly hasCapacityForACase: () => boolean;
  /** Reserves capacity for resources in use outside of any reservation; undefined when there is not enough. */
  readonly cover: (resources: ResourceCounts) => GiveBack | undefined;
  /** Registers a source of idle resources; sources are asked in the order of registration. */
  readonly offer: (clear: Clear) => void;
  /** Assigns a created resource to its slot. */
  readonly assign: (id: string, slot: Slot) => void;
  /** Releases the slot of a removed resource; a lost one cannot be removed and occupies its slot until the end. */
  readonly release: (id: string, outcome: 'removed' | 'lost') => void;
  /** From now on no case is admitted, and waiting cases are refused. */
  readonly shut: (reason: Error) => void;
}

export interface Slot {
  readonly release: (outcome: 'removed' | 'lost') => void;
}

/** Removes something idle that occupies a slot of this kind; undefined when nothing is idle. */
export type Clear = (kind: SlotKind) => Clearing | undefined;

export interface Clearing {
  readonly resources: ResourceCounts;
  readonly done: Promise<unknown>;
}

interface Waiting {
  readonly serve: (slot: Slot) => void;
  readonly refuse: (reason: Error) => void;
}

export interface CapacityOptions extends Omit<ReservationOptions, 'lost' | 'most'> {
  /**
   * The most resources that one case may have, by families of kinds. A case waits for each family on its own, so that
   * kinds that it does not use do not delay it.
   */
  readonly most: readonly ResourceCounts[];
}

export function createCapacity(options: CapacityOptions): Capacity {
  const { limits, most } = options;
  let taken = none;
  let lost = none;
  let clearing = none;
  let closed: Error | undefined;
  const lines = new Map<SlotKind, Waiting[]>();
  const lineOf = (kind: SlotKind): Waiting[] => {
    const line = lines.get(kind) ?? [];
    lines.set(kind, line);
    return line;
  };
  const offers: Clear[] = [];
  const slots = new Map<string, Slot>();
  const reservations = familiesOf(
    most.map((family) => ({
      kinds: Object.keys(family),
      ...createReservations({ ...options, most: family, lost: () => ofKinds(lost, Object.keys(family)) }),
    })),
  );

  const pump = (kind: SlotKind): void => {
    const line = lineOf(kind);
    while (line.length > 0 && countOf(taken, kind) < limitOf(limits, kind)) {
      taken = add(taken, one(kind));
      line.shift()?.serve(slotOf(kind));
    }
    while (line.length > countOf(clearing, kind)) if (!clearOne(kind)) break;
    if (countOf(clearing, kind) > 0 || countOf(lost, kind) === 0 || !reservations.areOverdrawn()) return;
    const reason = new Unreached(`capacity for ${pluralOf(kind)}`, lostWords(kind, countOf(lost, kind)));
    for (const { refuse } of line.splice(0)) refuse(reason);
  };
  const pumpAll = (): void => {
    for (const kind of lines.keys()) pump(kind);
    reservations.admit();
  };
  const clearOne = (kind: SlotKind): boolean => {
    for (const clear of offers) {
      const begun = clear(kind);
      if (!begun) continue;
      clearing = add(clearing, begun.resources);
      const ended = (): void => {
        clearing = minus(clearing, begun.resources);
        pumpAll();
      };
      begun.done.then(ended, ended);
      return true;
    }
    return false;
  };
  const slotOf = (kind: SlotKind): Slot => {
    const release = once((outcome: 'removed' | 'lost') => {
      if (outcome === 'lost') lost = add(lost, one(kind));
      else taken = minus(taken, one(kind));
      pumpAll();
    });
    return { release };
  };
  return {
    limits,
    reservation: reservations.issue,
    hasCapacityForACase: reservations.hasCapacity,
    cover: reservations.cover,
    slot: (kind) =>
      new Promise((serve, refuse) => {
        if (closed) refuse(closed);
        else lineOf(kind).push({ serve, refuse });
        pump(kind);
      }),
    isFree: (resources) => {
      const wanted = Object.fromEntries([...lines].map(([kind, line]) => [kind, line.length]));
      return fits(add(add(taken, wanted), resources), limits);
    },
    offer: (clear) => void offers.push(clear),
    assign: (id, slot) => void slots.set(id, slot),
    release: (id, outcome) => {
      slots.get(id)?.release(outcome);
      slots.delete(id);
    },
    shut: (reason) => {
      closed ??= reason;
      reservations.shut(closed);
      for (const line of lines.values()) for (const { refuse } of line.splice(0)) refuse(closed);
    },
  };
}

interface Family extends Reservations {
  readonly kinds: readonly SlotKind[];
}

/** The reservations of all families as one. */
function familiesOf(families: readonly Family[]): Reservations {
  const parts = (resources: ResourceCounts): readonly (readonly [number, ResourceCounts])[] =>
    families
      .map(({ kinds }, index) => [index, ofKinds(resources, kinds)] as const)
      .filter(([, part]) => Object.keys(part).length > 0);
  return {
    issue: () => {
      const own = families.map(({ issue }) => issue());
      return {
        charge: async (resources, isReady) => {
          const unknown = Object.keys(resources).find((kind) => !families.some(({ kinds }) => kinds.includes(kind)));
          if (unknown !== undefined) throw new HarnessError(`No resource type ${unknown} with a capacity is declared`);
          const charged: GiveBack[] = [];
          try {
            for (const [index, part] of parts(resources)) {
              const back = await own[index]?.charge(part, isReady);
              if (back) charged.push(back);
            }
          } catch (error) {
            for (const back of charged) back();
            throw error;
          }
          return () => {
            for (const back of charged) back();
          };
        },
        close: () => {
          for (const reservation of own) reservation.close();
        },
        waitedMs: () => own.reduce((sum, reservation) => sum + reservation.waitedMs(), 0),
      };
    },
    cover: (resources) => {
      const covered: GiveBack[] = [];
      for (const [index, part] of parts(resources)) {
        const back = families[index]?.cover(part);
        if (!back) {
          for (const one of covered) one();
          return undefined;
        }
        covered.push(back);
      }
      return () => {
        for (const back of covered) back();
      };
    },
    hasCapacity: () => families.every(({ hasCapacity }) => hasCapacity()),
    areOverdrawn: () => families.some(({ areOverdrawn }) => areOverdrawn()),
    admit: () => {
      for (const { admit } of families) admit();
    },
    shut: (reason) => {
      for (const { shut } of families) shut(reason);
    },
  };
}
