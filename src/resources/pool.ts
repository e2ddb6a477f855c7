/**
 * A pool of resources that cases lease: created while there is capacity, reused when clean, renewed when used and
 * capacity is short.
 *
 * There is no queue: cases are admitted before they take something, so a resource is always available.
 */

export interface Pool<T> {
  readonly take: () => Promise<T>;
  /** `clean`: unchanged; `used`: has to be renewed before the next case gets it; `spent`: not reusable. */
  readonly give: (thing: T, state: 'clean' | 'used' | 'spent') => void;
  /** Removes one idle resource from the pool. */
  readonly withdraw: () => T | undefined;
  /** Removes all idle resources from the pool. */
  readonly drain: () => readonly T[];
}

export interface PoolOptions<T> {
  /** Whether to create another one rather than renew a used one. `made`: how many exist. */
  readonly hasSpace: (made: number) => boolean;
  readonly make: () => Promise<T>;
  /** Restores a used resource to its first state, or replaces it. */
  readonly renew: (used: T) => Promise<T>;
  /** Receives what is spent, and what could not be renewed. */
  readonly discard: (thing: T) => void;
}

export function createPool<T>({ hasSpace, make, renew, discard }: PoolOptions<T>): Pool<T> {
  const clean: T[] = [];
  const used: T[] = [];
  let made = 0;

  const produce = async (): Promise<T> => {
    made += 1;
    try {
      return await make();
    } catch (error) {
      made -= 1;
      throw error;
    }
  };
  const refresh = async (thing: T): Promise<T> => {
    try {
      return await renew(thing);
    } catch (error) {
      made -= 1;
      discard(thing);
      throw error;
    }
  };
  return {
    take: () => {
      const ready = clean.pop();
      if (ready !== undefined) return Promise.resolve(ready);
      const worn = hasSpace(made) ? undefined : used.shift();
      return worn === undefined ? produce() : refresh(worn);
    },
    give: (thing, state) => {
      if (state !== 'spent') (state === 'clean' ? clean : used).push(thing);
      else {
        made -= 1;
        discard(thing);
      }
    },
    withdraw: () => {
      const idle = clean.pop() ?? used.shift();
      if (idle !== undefined) made -= 1;
      return idle;
    },
    drain: () => {
      const idle = [...clean.splice(0), ...used.splice(0)];
      made -= idle.length;
      return idle;
    },
  };
}
