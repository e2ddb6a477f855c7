/**
 * The room that a run has in the target: how many servers and volumes may be there at a time.
 *
 * Every server and volume has a place from before its creation until it is really gone; when there is none left, what
 * lies idle is cleared away. Whatever is in use is covered by tickets, the rest is idle or leaving: so every place that
 * is waited for comes free without another case having to end.
 */
import { add, fits, none, one, minus, type Amount, type PlaceKind } from './amount.ts';
import { Unreached } from './errors.ts';
import { createTickets, lostWords, once, type GiveBack, type Ticket, type TicketOptions } from './tickets.ts';

export interface Room {
  readonly limits: Amount;
  /** For one case; it is let in when it first asks for something. */
  readonly ticket: () => Ticket;
  /** Waits until one thing more may be there. @throws Unreached when none can be any more */
  readonly place: (kind: PlaceKind) => Promise<Place>;
  /** Are so many places free now, without anything being cleared away? */
  readonly isFree: (amount: Amount) => boolean;
  /** Could another case be let in now? */
  readonly hasRoomForACase: () => boolean;
  /** Covers what is in use and on nobody's ticket; undefined when there is no room for it. */
  readonly cover: (amount: Amount) => GiveBack | undefined;
  /** Who may have idle things says so here; asked in the order of their coming. */
  readonly offer: (clear: Clear) => void;
  /** The thing of a place, by its id. */
  readonly settle: (id: string, place: Place) => void;
  /** The thing is gone, or cannot be removed and takes up its place to the end. */
  readonly leave: (id: string, how: 'gone' | 'lost') => void;
  /** From now on nobody is let in, and who waits is refused. */
  readonly shut: (reason: Error) => void;
}

export interface Place {
  readonly leave: (how: 'gone' | 'lost') => void;
}

/** Clears something idle away that takes up such a place; undefined when there is nothing idle. */
export type Clear = (kind: PlaceKind) => Clearing | undefined;

export interface Clearing {
  readonly amount: Amount;
  readonly done: Promise<unknown>;
}

interface Waiting {
  readonly serve: (place: Place) => void;
  readonly refuse: (reason: Error) => void;
}

export type RoomOptions = Omit<TicketOptions, 'lost'>;

export function createRoom(options: RoomOptions): Room {
  const { limits } = options;
  let taken = none;
  let lost = none;
  let clearing = none;
  let closed: Error | undefined;
  const lines: Readonly<Record<PlaceKind, Waiting[]>> = { servers: [], volumes: [] };
  const offers: Clear[] = [];
  const places = new Map<string, Place>();
  const tickets = createTickets({ ...options, lost: () => lost });

  const pump = (kind: PlaceKind): void => {
    const line = lines[kind];
    while (line.length > 0 && taken[kind] < limits[kind]) {
      taken = add(taken, one(kind));
      line.shift()?.serve(placeOf(kind));
    }
    while (line.length > clearing[kind]) if (!clearOne(kind)) break;
    if (clearing[kind] > 0 || lost[kind] === 0 || !tickets.areOverdrawn()) return;
    const reason = new Unreached(`room for ${kind}`, lostWords(kind, lost[kind]));
    for (const { refuse } of line.splice(0)) refuse(reason);
  };
  const pumpAll = (): void => {
    pump('servers');
    pump('volumes');
    tickets.admit();
  };
  const clearOne = (kind: PlaceKind): boolean => {
    for (const clear of offers) {
      const begun = clear(kind);
      if (!begun) continue;
      clearing = add(clearing, begun.amount);
      const ended = (): void => {
        clearing = minus(clearing, begun.amount);
        pumpAll();
      };
      begun.done.then(ended, ended);
      return true;
    }
    return false;
  };
  const placeOf = (kind: PlaceKind): Place => {
    const leave = once((how: 'gone' | 'lost') => {
      if (how === 'lost') lost = add(lost, one(kind));
      else taken = minus(taken, one(kind));
      pumpAll();
    });
    return { leave };
  };
  return {
    limits,
    ticket: tickets.issue,
    hasRoomForACase: tickets.hasRoom,
    cover: tickets.cover,
    place: (kind) =>
      new Promise((serve, refuse) => {
        if (closed) refuse(closed);
        else lines[kind].push({ serve, refuse });
        pump(kind);
      }),
    isFree: (amount) => {
      const wanted = { servers: lines.servers.length, volumes: lines.volumes.length };
      return fits(add(add(taken, wanted), amount), limits);
    },
    offer: (clear) => void offers.push(clear),
    settle: (id, place) => void places.set(id, place),
    leave: (id, how) => {
      places.get(id)?.leave(how);
      places.delete(id);
    },
    shut: (reason) => {
      closed ??= reason;
      tickets.shut(closed);
      for (const line of Object.values(lines)) for (const { refuse } of line.splice(0)) refuse(closed);
    },
  };
}
