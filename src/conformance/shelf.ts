/**
 * Sets of servers that cases share: built when first asked for, kept while they are of use, taken down to make room.
 *
 * A set is of a variant, such as "a paused server with one volume". A variant that cannot be built is not tried again:
 * every case that needs it hangs on the same root.
 */
import { Unreached } from './errors.ts';

export interface Variant<T> {
  readonly key: string;
  /** Servers in one set. */
  readonly weight: number;
  /** Sets of this variant at the same time. */
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
}

export interface Shelf {
  /** Waits in line when there is no room and nothing idle. */
  readonly borrow: <T>(variant: Variant<T>) => Promise<Loan<T>>;
}

interface Entry {
  readonly variant: Variant<unknown>;
  readonly thing: Promise<unknown>;
  users: number;
  spoiled: boolean;
  leaving: boolean;
}

interface Request {
  readonly variant: Variant<unknown>;
  readonly serve: (entry: Entry) => void;
  readonly refuse: (reason: unknown) => void;
}

/** `limit`: servers at the same time; `background` gets the work that nobody waits for. */
export function createShelf(limit: number, background: (work: Promise<unknown>) => void): Shelf {
  const entries = new Set<Entry>();
  const broken = new Map<string, unknown>();
  const line: Request[] = [];
  const weight = (): number => [...entries].reduce((sum, { variant }) => sum + variant.weight, 0);
  const of = (key: string): readonly Entry[] =>
    [...entries].filter((entry) => entry.variant.key === key && !entry.spoiled && !entry.leaving);

  const build = (variant: Variant<unknown>): Entry => {
    const entry: Entry = { variant, thing: variant.build(), users: 0, spoiled: false, leaving: false };
    entries.add(entry);
    entry.thing.catch((reason: unknown) => {
      broken.set(variant.key, reason);
      entries.delete(entry);
      serveAll();
    });
    return entry;
  };
  const takeDown = (entry: Entry): void => {
    entry.leaving = true;
    const work = entry.thing
      .then((thing) => entry.variant.takeDown(thing))
      .finally(() => {
        entries.delete(entry);
        serveAll();
      });
    background(work);
  };
  /** The set to use now, or undefined when somebody has to give back first. */
  const find = (variant: Variant<unknown>): Entry | undefined => {
    const own = of(variant.key);
    const free = own.filter(({ users }) => users < variant.sharers).sort((a, b) => a.users - b.users)[0];
    if (free && (free.users === 0 || own.length >= variant.copies)) return free;
    if (own.length < variant.copies && weight() + variant.weight <= limit) return build(variant);
    if (free) return free;
    const idle = [...entries].find((entry) => entry.users === 0 && !entry.leaving && entry.variant.key !== variant.key);
    if (own.length < variant.copies && idle) takeDown(idle);
    return undefined;
  };
  const serveAll = (): void => {
    for (const request of [...line]) {
      const reason = broken.get(request.variant.key);
      const entry = reason === undefined ? find(request.variant) : undefined;
      if (reason === undefined && !entry) continue;
      line.splice(line.indexOf(request), 1);
      if (entry) request.serve(entry);
      else request.refuse(reason);
    }
  };
  const lend = <T>(entry: Entry, thing: T): Loan<T> => {
    let out = true;
    return {
      thing,
      giveBack: (state) => {
        if (!out) return;
        out = false;
        entry.users -= 1;
        entry.spoiled ||= state === 'spoiled';
        if (entry.spoiled && entry.users === 0 && !entry.leaving) takeDown(entry);
        serveAll();
      },
    };
  };
  return {
    borrow: <T>(variant: Variant<T>) =>
      new Promise<Loan<T>>((resolve, reject) => {
        if (variant.weight > limit) {
          reject(
            new Unreached(
              `${variant.weight} servers at once`,
              `The run may have ${limit} servers at a time; allow more by --max-servers.`,
            ),
          );
          return;
        }
        const serve = (entry: Entry): void => {
          entry.users += 1;
          entry.thing.then((thing) => resolve(lend(entry, thing as T)), reject);
        };
        line.push({ variant: variant as Variant<unknown>, serve, refuse: reject });
        serveAll();
      }),
  };
}
