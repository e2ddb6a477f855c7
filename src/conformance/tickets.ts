/**
 * Who may take up room: a case is let in when there is room for the most that one case may have, and not before.
 *
 * So nobody who is in ever waits for another case. Those whose wish stands there already go first: sets that several
 * cases share are built less often that way.
 */
import { add, excess, fits, least, minus, none, type Amount, type PlaceKind } from './amount.ts';
import { HarnessError, NoRoom, Unreached } from './errors.ts';

export interface Ticket {
  /**
   * Takes an amount on; waits to be let in at first. `isReady`: what is asked for is there already.
   *
   * @throws NoRoom when the limits do not allow so much to one case
   */
  readonly charge: (amount: Amount, isReady?: () => boolean) => Promise<GiveBack>;
  /** The case is over; what it has charged stays covered until it is given back. */
  readonly close: () => void;
  /** Milliseconds spent before it was let in, so far. */
  readonly waitedMs: () => number;
}

/** Calls after the first do nothing. */
export type GiveBack = () => void;

export interface Tickets {
  readonly issue: () => Ticket;
  /** Covers what is in use and on nobody's ticket; undefined when there is no room for it. */
  readonly cover: (amount: Amount) => GiveBack | undefined;
  /** Could another case be let in now? */
  readonly hasRoom: () => boolean;
  /** Are those who are in more than can be served, after a loss? */
  readonly areOverdrawn: () => boolean;
  /** Somebody may be let in now. */
  readonly admit: () => void;
  /** Nobody is let in any more. */
  readonly shut: (reason: Error) => void;
}

export interface TicketOptions {
  readonly limits: Amount;
  /** What one case has at the most. */
  readonly most: Amount;
  /** What an operator does to allow more, as full sentences. */
  readonly mends: Readonly<Record<PlaceKind, string>>;
  /** Places that are taken up by what cannot be removed. */
  readonly lost: () => Amount;
}

interface Applicant {
  readonly isReady: () => boolean;
  readonly serve: (reservation: Reservation) => void;
  readonly refuse: (reason: Error) => void;
}

interface Reservation {
  readonly amount: Amount;
  readonly shrinkTo: (amount: Amount) => void;
}

export function createTickets({ limits, most, mends, lost }: TicketOptions): Tickets {
  let reserved = none;
  let closed: Error | undefined;
  const applicants: Applicant[] = [];
  const allowed = (): Amount => minus(limits, lost());
  const admit = (): void => {
    for (;;) {
      const amount = least(most, allowed());
      if (applicants.length === 0 || !fits(add(reserved, amount), allowed())) return;
      const ready = applicants.findIndex(({ isReady }) => isReady());
      const [next] = applicants.splice(Math.max(ready, 0), 1);
      next?.serve(reserve(amount));
    }
  };
  const reserve = (amount: Amount): Reservation => {
    let held = amount;
    reserved = add(reserved, amount);
    const shrinkTo = (left: Amount): void => {
      reserved = minus(add(reserved, left), held);
      held = left;
      admit();
    };
    return { amount, shrinkTo };
  };
  const enter = (isReady: () => boolean): Promise<Reservation> =>
    new Promise((serve, refuse) => {
      if (closed) refuse(closed);
      else applicants.push({ isReady, serve, refuse });
      admit();
    });
  const refusal = (kind: PlaceKind, wanted: Amount): Error => {
    const words = `${wanted[kind]} ${kind} at a time`;
    if (wanted[kind] > limits[kind]) {
      return new NoRoom(`The case needs ${words}, and the run may have ${limits[kind]}.`, mends[kind]);
    }
    if (wanted[kind] <= most[kind]) return new Unreached(`room for ${kind}`, lostWords(kind, lost()[kind]));
    return new HarnessError(`A case asked for ${words}; no case may have more than ${most[kind]}`);
  };
  return {
    issue: () => createTicket(enter, refusal),
    cover: (amount) => {
      if (!fits(add(reserved, amount), allowed())) return undefined;
      const { shrinkTo } = reserve(amount);
      return once(() => shrinkTo(none));
    },
    hasRoom: () => fits(add(reserved, least(most, allowed())), allowed()),
    areOverdrawn: () => !fits(reserved, allowed()),
    admit,
    shut: (reason) => {
      closed ??= reason;
      for (const { refuse } of applicants.splice(0)) refuse(closed);
    },
  };
}

export function lostWords(kind: PlaceKind, count: number): string {
  return `${count} ${kind} that could not be removed take up the room that is needed.`;
}

function createTicket(
  enter: (isReady: () => boolean) => Promise<Reservation>,
  refusal: (kind: PlaceKind, wanted: Amount) => Error,
): Ticket {
  let entry: Promise<Reservation> | undefined;
  let reservation: Reservation | undefined;
  let charged = none;
  let isClosed = false;
  let waitingSince: number | undefined;
  let waited = 0;
  const letIn = async (isReady: () => boolean): Promise<Reservation> => {
    waitingSince = performance.now();
    try {
      reservation = await enter(isReady);
    } finally {
      waited = performance.now() - waitingSince;
      waitingSince = undefined;
    }
    if (isClosed) reservation.shrinkTo(charged);
    return reservation;
  };
  return {
    charge: async (amount, isReady = () => false) => {
      const { amount: allowed } = await (entry ??= letIn(isReady));
      if (isClosed) throw new HarnessError('A case that is over asked for more');
      const wanted = add(charged, amount);
      const kind = excess(wanted, allowed);
      if (kind) throw refusal(kind, wanted);
      charged = wanted;
      return once(() => {
        charged = minus(charged, amount);
        if (isClosed) reservation?.shrinkTo(charged);
      });
    },
    close: () => {
      isClosed = true;
      reservation?.shrinkTo(charged);
    },
    waitedMs: () => (waitingSince === undefined ? waited : performance.now() - waitingSince),
  };
}

export function once<A extends readonly unknown[]>(act: (...given: A) => void): (...given: A) => void {
  let done = false;
  return (...given) => {
    if (done) return;
    done = true;
    act(...given);
  };
}
