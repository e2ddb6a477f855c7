/**
 * Things that cases borrow: made when needed, handed on when clean, renewed when used and the limit is reached.
 */

export interface Pool<T> {
  /** Waits in line when the limit is reached and nothing can be renewed. */
  readonly take: () => Promise<T>;
  /** `clean`: as it was taken; `used`: needs renewal before another case has it; `spent`: of no further use. */
  readonly give: (thing: T, state: 'clean' | 'used' | 'spent') => void;
  /** Takes out everything that nobody has. */
  readonly drain: () => readonly T[];
}

export interface PoolOptions<T> {
  readonly limit: number;
  readonly make: () => Promise<T>;
  /** Brings a used thing back to its first state, or makes another in its place. */
  readonly renew: (used: T) => Promise<T>;
}

interface Waiting<T> {
  readonly resolve: (thing: T) => void;
  readonly reject: (reason: unknown) => void;
}

export function createPool<T>({ limit, make, renew }: PoolOptions<T>): Pool<T> {
  const clean: T[] = [];
  const used: T[] = [];
  const line: Waiting<T>[] = [];
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
      throw error;
    }
  };
  /** Something that can be had now, or will be without anybody giving back. */
  const obtain = (): Promise<T> | undefined => {
    const ready = clean.pop();
    if (ready !== undefined) return Promise.resolve(ready);
    if (made < limit) return produce();
    const worn = used.shift();
    return worn === undefined ? undefined : refresh(worn);
  };
  const serve = (): void => {
    const next = line[0];
    if (!next) return;
    const thing = obtain();
    if (!thing) return;
    line.shift();
    thing.then(next.resolve, (reason: unknown) => {
      next.reject(reason);
      serve();
    });
  };
  return {
    take: () =>
      new Promise<T>((resolve, reject) => {
        line.push({ resolve, reject });
        serve();
      }),
    give: (thing, state) => {
      if (state === 'spent') made -= 1;
      else (state === 'clean' ? clean : used).push(thing);
      serve();
    },
    drain: () => {
      const idle = [...clean.splice(0), ...used.splice(0)];
      made -= idle.length;
      return idle;
    },
  };
}
