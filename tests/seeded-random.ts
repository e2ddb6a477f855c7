/** Random numbers that are the same in every run, for tests of properties. */

export interface Random {
  /** From 0 up to, and without, the limit. */
  readonly below: (limit: number) => number;
  readonly chance: (share: number) => boolean;
  readonly pick: <T>(items: readonly [T, ...(readonly T[])]) => T;
  readonly some: <T>(items: readonly T[]) => readonly T[];
}

/** The generator known as mulberry32. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (share) => next() < share,
    pick: (items) => items[below(items.length)] ?? items[0],
    some: (items) => items.filter(() => next() < 0.5),
  };
}

/** Seeds from 1 on; each row of a table is one run. */
export function seeds(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
