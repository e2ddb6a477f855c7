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
  /** A service that asks to be left alone for longer than this cannot be waited for. */
  longestPauseMs: 120_000,
  /** All attempts at one request, the pauses between them included: none is begun after that. */
  repeatWithinMs: 300_000,
  /** So often a request is sent where no complete response came, where the service asked for a pause, and a
   * GET where the server says that it failed. */
  attempts: { fault: 3, pause: 10, serverError: 5 },
  /** A kind of request that was answered with errors of the server only, so often and for so long, is not repeated. */
  failing: { failures: 8, overMs: 30_000 },
  /** Before the second attempt at a request, and before any other request to a service that cannot be reached. */
  backOff: { firstMs: 250, growth: 3, mostMs: 4_000 },
  /** Before a GET under judgement is sent again while its failure is confirmed: an error that comes and goes is enough to see. */
  confirmingMs: 50,
  /** The target is lost when so many requests in a row reached nobody, over so long a time at least. */
  lost: { failures: 12, overMs: 10_000 },
} as const;
