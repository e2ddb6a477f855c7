/** A rate limit that is shared by all requests, even of different recorders. */
export interface Pace {
  /** Takes the next slot; returns the milliseconds until it starts. */
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
