/**
 * How long this target has taken for its transitions so far: a wait for one of the same kind need not poll before the
 * fastest of the last ones would have completed.
 */

/** Durations in milliseconds, the last ones of each kind. */
const past = new Map<string, number[]>();

const remembered = 5;

/** Polling a little early costs one request; polling late delays every case that waits. */
const caution = 0.7;

/** How long to wait before the first poll for a transition of this kind, in milliseconds; 0 when unknown. */
export function minimumDelay(kind: string): number {
  const durations = past.get(kind);
  return durations?.length === remembered ? caution * Math.min(...durations) : 0;
}

export function recordDelay(kind: string, tookMs: number): void {
  past.set(kind, [...(past.get(kind) ?? []), tookMs].slice(-remembered));
}
