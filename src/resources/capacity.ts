/**
 * The capacity of a run: how many servers and volumes it may have in the target at a time.
 *
 * Every server and volume has a slot from before its creation until it is really removed; when no slot is left, idle
 * resources are removed. Everything in use is covered by reservations, the rest is idle or being removed: so every slot
 * that is waited for becomes available without another case having to complete.
 */
import { add, fits, none, one, minus, type ResourceCounts, type SlotKind } from './resource-counts.ts';
import { Unreached } from '../execution/errors.ts';
import {
  createReservations,
  lostWords,
  once,
  type GiveBack,
  type Reservation,
  type ReservationOptions,
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

export type CapacityOptions = Omit<ReservationOptions, 'lost'>;

export function createCapacity(options: CapacityOptions): Capacity {
  const { limits } = options;
  let taken = none;
  let lost = none;
  let clearing = none;
  let closed: Error | undefined;
  const lines: Readonly<Record<SlotKind, Waiting[]>> = { servers: [], volumes: [] };
  const offers: Clear[] = [];
  const slots = new Map<string, Slot>();
  const reservations = createReservations({ ...options, lost: () => lost });

  const pump = (kind: SlotKind): void => {
    const line = lines[kind];
    while (line.length > 0 && taken[kind] < limits[kind]) {
      taken = add(taken, one(kind));
      line.shift()?.serve(slotOf(kind));
    }
    while (line.length > clearing[kind]) if (!clearOne(kind)) break;
    if (clearing[kind] > 0 || lost[kind] === 0 || !reservations.areOverdrawn()) return;
    const reason = new Unreached(`capacity for ${kind}`, lostWords(kind, lost[kind]));
    for (const { refuse } of line.splice(0)) refuse(reason);
  };
  const pumpAll = (): void => {
    pump('servers');
    pump('volumes');
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
        else lines[kind].push({ serve, refuse });
        pump(kind);
      }),
    isFree: (resources) => {
      const wanted = { servers: lines.servers.length, volumes: lines.volumes.length };
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
      for (const line of Object.values(lines)) for (const { refuse } of line.splice(0)) refuse(closed);
    },
  };
}
