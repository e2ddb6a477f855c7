/** All limits of time and size that the client keeps, in one place. Milliseconds and bytes; patience stretches the times. */
export const clientBudgets = {
  connectMs: 10_000,
  /** From the request's first byte to the response's last; an attach below 2.101 may wait for the compute host. */
  responseMs: 120_000,
  /** Between two bytes of a response. */
  idleMs: 60_000,
  headerBytes: 64 * 1024,
  bodyBytes: 8 * 1024 * 1024,
  /** What is kept of a body beyond that, which nobody can read anyway. */
  keptBytes: 64 * 1024,
  /** A token is renewed when it has less left than this. */
  tokenReserveMs: 120_000,
} as const;
