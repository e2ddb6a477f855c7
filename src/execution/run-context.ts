/** What all cases of a run share: the target, sessions, the contract, created resources, and the name of the run. */
import type { Recorder } from '../client/recorder.ts';
import type { VersionHeaders } from '../contract/version-header.ts';
import type { Session } from '../target/session.ts';
import type { Identity } from '../clauses/identity.ts';
import type { Guard } from '../resources/ownership-guard.ts';
import type { Ledger } from '../resources/ledger.ts';
import type { Rebuild } from '../records/run-facts.ts';
import type { Capacity } from '../resources/capacity.ts';
import type { Creations } from '../resources/creations.ts';
import type { Target } from '../planning/target.ts';
import type { FindService } from './tested-service.ts';

/** What creating and removing resources needs: part of the run context, available before the target is probed. */
export interface CleanupContext {
  /** The prefix of everything that the run creates: `osc-7f3a91`. */
  readonly runName: string;
  readonly target: Pick<Target, 'services'>;
  readonly recorder: Recorder;
  readonly ledger: Ledger;
  /** Checks every request before it is sent. */
  readonly guard: Guard;
  readonly sessions: ReadonlyMap<Identity, Session>;
  /** For resources in the project of the member. */
  readonly capacity?: Capacity;
  /** Added to requests under test and observations only: a mutation test names its fault in them. */
  readonly judgedHeaders?: Readonly<Record<string, string>>;
  /** Why nothing is sent any more, thrown instead of sending; undefined or missing while the target can be reached. */
  readonly lost?: () => Error | undefined;
  /** Set while a failure is confirmed: a GET under test that is answered with 500 is sent again as well. */
  readonly isConfirming?: true;
  /** Nothing may be created, changed or removed. */
  readonly readOnly?: true;
  /** How requests name their microversions. */
  readonly versionHeaders: VersionHeaders;
  /** Runs work in parallel with the cases; the run waits for it before it cleans up. */
  readonly background: (work: Promise<unknown>) => void;
}

export interface RunContext extends CleanupContext {
  readonly target: Target;
  readonly service: FindService;
  readonly capacity: Capacity;
  /** Runs something once per run; later callers get the same result or failure. */
  readonly memo: Memo;
  /** Records and removes what requests under test create; missing where nothing is sent. */
  readonly creations?: Creations;
  /** Run contexts with the same object share fixtures; when missing, those with the same ledger do. */
  readonly fixtures?: object;
  /** Receives each fixture that was built a second time; when missing, there are no second attempts. */
  readonly rebuilt?: (rebuild: Rebuild) => void;
}

/** The same run, without anything that another case has used. */
export function freshRunContext(run: RunContext): RunContext {
  return { ...run, memo: createMemo(), fixtures: {} };
}

export interface Memo {
  <T>(key: string, make: () => Promise<T>): Promise<T>;
  /** Removes a result, so that the next caller runs it again. */
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

/** Work in parallel with the cases. */
export interface Background {
  readonly add: RunContext['background'];
  /** Resolves when all work is completed, with its errors as sentences. */
  readonly done: () => Promise<readonly string[]>;
}

export function createBackground(): Background {
  const pending = new Set<Promise<void>>();
  const errors: string[] = [];
  const add = (work: Promise<unknown>): void => {
    const completed = work.then(
      () => undefined,
      (error: unknown) => void errors.push(error instanceof Error ? error.message : String(error)),
    );
    pending.add(completed);
    void completed.then(() => pending.delete(completed));
  };
  const done = async (): Promise<readonly string[]> => {
    while (pending.size > 0) await Promise.all(pending);
    return errors;
  };
  return { add, done };
}
