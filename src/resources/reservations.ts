/**
 * Reservations of capacity: a case is admitted when there is capacity for the most that one case may have, not before.
 *
 * So an admitted case never waits for another one. Cases whose fixture already exists are admitted first, so that
 * shared fixtures are built less often.
 */
import {
  add,
  countOf,
  excess,
  fits,
  least,
  limitOf,
  minus,
  none,
  limitsOf,
  type ResourceCounts,
  type SlotKind,
} from './resource-counts.ts';
import { pluralOf, describeCount } from './type-words.ts';
import { HarnessError, NoCapacity, Unreached } from '../execution/errors.ts';

export interface Reservation {
  /**
   * Charges resources to the case; the first call waits for admission. `isReady`: whether the fixture already exists.
   *
   * @throws NoCapacity when the limits do not allow this many resources for one case
   */
  readonly charge: (resources: ResourceCounts, isReady?: () => boolean) => Promise<GiveBack>;
  /** The case is completed; what it has charged stays reserved until it is returned. */
  readonly close: () => void;
  /** Milliseconds spent waiting for admission so far. */
  readonly waitedMs: () => number;
}

/** Returns what was charged. Further calls do nothing. */
export type GiveBack = () => void;

export interface Reservations {
  readonly issue: () => Reservation;
  /** Reserves capacity for resources in use outside of any reservation; undefined when there is not enough. */
  readonly cover: (resources: ResourceCounts) => GiveBack | undefined;
  /** Whether another case could be admitted now. */
  readonly hasCapacity: () => boolean;
  /** Whether more is reserved than is available, after resources were lost. */
  readonly areOverdrawn: () => boolean;
  /** Admits waiting cases if there is capacity now. */
  readonly admit: () => void;
  /** No case is admitted any more. */
  readonly shut: (reason: Error) => void;
}

export interface ReservationOptions {
  readonly limits: ResourceCounts;
  /** The most resources that one case may have. */
  readonly most: ResourceCounts;
  /** What an operator does to allow more, as full sentences. */
  readonly remedies: Readonly<Record<SlotKind, string>>;
  /** Slots that are occupied by resources that cannot be removed. */
  readonly lost: () => ResourceCounts;
}

interface Applicant {
  readonly isReady: () => boolean;
  readonly serve: (slot: Slot) => void;
  readonly refuse: (reason: Error) => void;
}

interface Slot {
  readonly resources: ResourceCounts;
  readonly shrinkTo: (resources: ResourceCounts) => void;
}

export function createReservations({ limits, most, remedies, lost }: ReservationOptions): Reservations {
  let reserved = none;
  let closed: Error | undefined;
  const applicants: Applicant[] = [];
  const allowed = (): ResourceCounts => minus(limitsOf(limits, Object.keys(most)), lost());
  const admit = (): void => {
    for (;;) {
      const resources = least(most, allowed());
      if (applicants.length === 0 || !fits(add(reserved, resources), allowed())) return;
      const ready = applicants.findIndex(({ isReady }) => isReady());
      const [next] = applicants.splice(Math.max(ready, 0), 1);
      next?.serve(reserve(resources));
    }
  };
  const reserve = (resources: ResourceCounts): Slot => {
    let current = resources;
    reserved = add(reserved, resources);
    const shrinkTo = (left: ResourceCounts): void => {
      reserved = minus(add(reserved, left), current);
      current = left;
      admit();
    };
    return { resources, shrinkTo };
  };
  const enter = (isReady: () => boolean): Promise<Slot> =>
    new Promise((serve, refuse) => {
      if (closed) refuse(closed);
      else applicants.push({ isReady, serve, refuse });
      admit();
    });
  const refusal = (kind: SlotKind, wanted: ResourceCounts): Error => {
    const count = countOf(wanted, kind);
    const words = `${describeCount(count, kind)} at a time`;
    if (count > limitOf(limits, kind)) {
      const remedy =
        remedies[kind] ??
        `Raise the quota of the project for ${pluralOf(kind)}, or remove those that it does not need.`;
      return new NoCapacity(`The case needs ${words}, and the run may have ${limitOf(limits, kind)}.`, remedy);
    }
    if (count <= countOf(most, kind)) {
      return new Unreached(`capacity for ${pluralOf(kind)}`, lostWords(kind, countOf(lost(), kind)));
    }
    return new HarnessError(`A case asked for ${words}; no case may have more than ${countOf(most, kind)}`);
  };
  return {
    issue: () => createReservation(enter, refusal),
    cover: (resources) => {
      if (!fits(add(reserved, resources), allowed())) return undefined;
      const { shrinkTo } = reserve(resources);
      return once(() => shrinkTo(none));
    },
    hasCapacity: () => fits(add(reserved, least(most, allowed())), allowed()),
    areOverdrawn: () => !fits(reserved, allowed()),
    admit,
    shut: (reason) => {
      closed ??= reason;
      for (const { refuse } of applicants.splice(0)) refuse(closed);
    },
  };
}

export function lostWords(kind: SlotKind, count: number): string {
  return `There is not enough capacity: ${describeCount(count, kind)} could not be removed.`;
}

function createReservation(
  enter: (isReady: () => boolean) => Promise<Slot>,
  refusal: (kind: SlotKind, wanted: ResourceCounts) => Error,
): Reservation {
  let entry: Promise<Slot> | undefined;
  let slot: Slot | undefined;
  let charged = none;
  let isClosed = false;
  let waitingSince: number | undefined;
  let waited = 0;
  const admitCase = async (isReady: () => boolean): Promise<Slot> => {
    waitingSince = performance.now();
    try {
      slot = await enter(isReady);
    } finally {
      waited = performance.now() - waitingSince;
      waitingSince = undefined;
    }
    if (isClosed) slot.shrinkTo(charged);
    return slot;
  };
  return {
    charge: async (resources, isReady = () => false) => {
      const { resources: allowed } = await (entry ??= admitCase(isReady));
      if (isClosed) throw new HarnessError('A completed case asked for more resources');
      const wanted = add(charged, resources);
      const kind = excess(wanted, allowed);
      if (kind) throw refusal(kind, wanted);
      charged = wanted;
      return once(() => {
        charged = minus(charged, resources);
        if (isClosed) slot?.shrinkTo(charged);
      });
    },
    close: () => {
      isClosed = true;
      slot?.shrinkTo(charged);
    },
    waitedMs: () => (waitingSince === undefined ? waited : performance.now() - waitingSince),
  };
}

export function once<A extends readonly unknown[]>(callback: (...args: A) => void): (...args: A) => void {
  let done = false;
  return (...args) => {
    if (done) return;
    done = true;
    callback(...args);
  };
}
