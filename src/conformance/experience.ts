/**
 * What this target has taken for its transitions so far: who waits for one of a kind need not look before the fastest
 * of the last ones would have been done.
 */

/** Durations in milliseconds, the last ones of each kind. */
const past = new Map<string, number[]>();

const remembered = 5;

/** Looking a little early costs one look; looking late costs everybody who waits. */
const caution = 0.7;

/** How long nothing can be expected of a transition of this kind, in milliseconds; 0 when nobody knows. */
export function soonest(kind: string): number {
  const durations = past.get(kind);
  return durations?.length === remembered ? caution * Math.min(...durations) : 0;
}

export function learn(kind: string, tookMs: number): void {
  past.set(kind, [...(past.get(kind) ?? []), tookMs].slice(-remembered));
}
