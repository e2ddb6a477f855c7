/** All timeouts of the harness, in milliseconds. */
const usual = {
  /** A whole case, from its first preparation to its verdict. */
  case: 600_000,
  /** A server from its creation to ACTIVE, or through an action to the state asked for. */
  server: 300_000,
  /** A volume, until it is `available`. */
  volume: 120_000,
  /** An attach or a detach, until the volume service shows that it is completed. */
  attachment: 120_000,
  /** After the removal of its server, until a volume is available without a detach. */
  release: 5_000,
  /** Removal of one resource during cleanup. */
  removal: 180_000,
  /** The whole cleanup. */
  cleanUp: 540_000,
  /** The whole cleanup of a target that can no longer be reached: it may come back. */
  lastTry: 60_000,
  /** Until something is old enough to be older than what comes after it, where times are whole seconds. */
  ageing: 10_000,
  /** From the intent of a creation whose response was lost, until the resource appears in a list. */
  arrival: 20_000,
  poll: { first: 20, growth: 1.4, most: 1_000 },
} as const;

type Timeouts = Readonly<Record<Exclude<keyof typeof usual, 'poll'>, number>> & {
  readonly poll: { readonly first: number; readonly growth: number; readonly most: number };
};

export let timeouts: Timeouts = usual;

/** Multiplies all timeouts, for slower or faster targets. */
export function scale(timeoutFactor: number): void {
  const scaled = Object.entries(usual).map(([name, timeout]) => [
    name,
    typeof timeout === 'number' ? timeout * timeoutFactor : timeout,
  ]);
  timeouts = Object.fromEntries(scaled) as Timeouts;
}

/** For targets without delays: sets the timeout of every transition, and shortens the poll intervals. */
export function shorten({ transitionMs, caseMs }: { readonly transitionMs: number; readonly caseMs: number }): void {
  const { growth } = usual.poll;
  timeouts = {
    case: caseMs,
    server: transitionMs,
    volume: transitionMs,
    attachment: transitionMs,
    release: transitionMs,
    removal: transitionMs,
    cleanUp: 20 * transitionMs,
    lastTry: transitionMs,
    // Time passes no faster there.
    ageing: usual.ageing,
    arrival: transitionMs,
    poll: { first: 2, growth, most: 50 },
  };
}

export interface Timeout {
  readonly ms: number;
}
