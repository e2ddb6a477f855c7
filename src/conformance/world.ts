/** What all cases of a run share: the target, who is signed in, the contract, what was made, and the name of it all. */
import type { Recorder } from '../client/recorder.ts';
import type { Contract } from '../contract/model.ts';
import type { SchemaStore } from '../schema/schema-store.ts';
import type { Session } from '../target/session.ts';
import type { Identity } from './identity.ts';
import type { Guard } from './guard.ts';
import type { Ledger } from './ledger.ts';
import type { Rebuild } from './rebuild.ts';
import type { Room } from './room.ts';
import type { Target } from './target.ts';

/** What it takes to make and remove things: part of a world, and all there is before the target has been looked at. */
export interface Ground {
  /** The prefix of everything that the run creates: `osc-7f3a91`. */
  readonly runName: string;
  readonly target: Pick<Target, 'endpoints'>;
  readonly recorder: Recorder;
  readonly ledger: Ledger;
  /** Looks at every request before it leaves. */
  readonly guard: Guard;
  readonly sessions: ReadonlyMap<Identity, Session>;
  /** For what is made in the member's project. */
  readonly room?: Room;
  /** Sent along with what is judged or looked at, and with nothing else: a refutation names its fault by them. */
  readonly judgedHeaders?: Readonly<Record<string, string>>;
  /** Why nothing is sent any more: thrown in the place of every request; undefined, or missing, while all goes well. */
  readonly gone?: () => Error | undefined;
  /** A failure that was seen before is confirmed: a GET under judgement that is answered with 500 is sent again too. */
  readonly isConfirming?: true;
  /** Nothing may be made, changed or removed. */
  readonly readOnly?: true;
  /** Lets work go on beside the cases; the run waits for it before it cleans up. */
  readonly background: (work: Promise<unknown>) => void;
}

export interface World extends Ground {
  readonly target: Target;
  readonly contract: Contract;
  readonly schemas: SchemaStore;
  readonly room: Room;
  /** Makes a thing once in a run; later callers get the same, its failure included. */
  readonly memo: Memo;
  /** Worlds with the same one share fixtures; when missing, those with the same ledger do. */
  readonly fixtures?: object;
  /** Hears of each fixture that had to be built a second time; when missing, nothing is tried a second time. */
  readonly rebuilt?: (rebuild: Rebuild) => void;
}

/** The same run, with nothing in it that another case has used. */
export function freshWorld(world: World): World {
  return { ...world, memo: createMemo(), fixtures: {} };
}

export interface Memo {
  <T>(key: string, make: () => Promise<T>): Promise<T>;
  /** The next who asks makes it anew. */
  readonly forget: (key: string) => void;
}

export function createMemo(): Memo {
  const made = new Map<string, Promise<unknown>>();
  const memo = <T>(key: string, make: () => Promise<T>): Promise<T> => {
    const before = made.get(key) as Promise<T> | undefined;
    if (before) return before;
    const now = make();
    made.set(key, now);
    return now;
  };
  return Object.assign(memo, { forget: (key: string) => void made.delete(key) });
}

/** Work that goes on beside the cases. */
export interface Background {
  readonly add: World['background'];
  /** Resolves when all of it is done; what went wrong comes back as sentences. */
  readonly done: () => Promise<readonly string[]>;
}

export function createBackground(): Background {
  const pending = new Set<Promise<void>>();
  const troubles: string[] = [];
  const add = (work: Promise<unknown>): void => {
    const settled = work.then(
      () => undefined,
      (error: unknown) => void troubles.push(error instanceof Error ? error.message : String(error)),
    );
    pending.add(settled);
    void settled.then(() => pending.delete(settled));
  };
  const done = async (): Promise<readonly string[]> => {
    while (pending.size > 0) await Promise.all(pending);
    return troubles;
  };
  return { add, done };
}
