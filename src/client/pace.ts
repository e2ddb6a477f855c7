/** A steady pace: places in one row for all requests that share it, whatever recorder sends them. */
export interface Pace {
  /** Takes the next place; milliseconds until it is there. */
  readonly take: () => number;
}

export function createPace(perSecond: number, now: () => number): Pace {
  const gapMs = 1000 / perSecond;
  let nextAt = 0;
  return {
    take: () => {
      const at = Math.max(now(), nextAt);
      nextAt = at + gapMs;
      return at - now();
    },
  };
}
