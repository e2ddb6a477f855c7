/**
 * Things that cases borrow: made while there is room, handed on when clean, renewed when used and room is short.
 *
 * Nobody waits in line here: who asks is let in beforehand, so that there is always something for him.
 */

export interface Pool<T> {
  readonly take: () => Promise<T>;
  /** `clean`: as it was taken; `used`: needs renewal before another case has it; `spent`: of no further use. */
  readonly give: (thing: T, state: 'clean' | 'used' | 'spent') => void;
  /** Takes out one thing that nobody has. */
  readonly withdraw: () => T | undefined;
  /** Takes out everything that nobody has. */
  readonly drain: () => readonly T[];
}

export interface PoolOptions<T> {
  /** Is another better than a used one? `made`: how many there are. */
  readonly isRoomy: (made: number) => boolean;
  readonly make: () => Promise<T>;
  /** Brings a used thing back to its first state, or makes another in its place. */
  readonly renew: (used: T) => Promise<T>;
  /** Gets what is spent, and what could not be renewed. */
  readonly discard: (thing: T) => void;
}

export function createPool<T>({ isRoomy, make, renew, discard }: PoolOptions<T>): Pool<T> {
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
      const worn = isRoomy(made) ? undefined : used.shift();
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
