/** All timeouts and size limits of the client, in milliseconds and bytes; `--timeout-factor` multiplies the times. */
export const clientTimeouts = {
  connectMs: 10_000,
  /** From the request's first byte to the response's last; an attach below 2.101 may wait for the compute host. */
  responseMs: 120_000,
  /** Between two bytes of a response. */
  idleMs: 60_000,
  headerBytes: 64 * 1024,
  bodyBytes: 8 * 1024 * 1024,
  /** How much of a body is kept as evidence. */
  keptBytes: 64 * 1024,
  /** A token is renewed when it has less left than this. */
  tokenReserveMs: 120_000,
  /** A service that asks for a longer pause is not waited for. */
  longestPauseMs: 120_000,
  /** All attempts of one request, including the pauses: none starts after this time. */
  repeatWithinMs: 300_000,
  /** Attempts of a request without a complete response, of one after which the service asked for a pause, and of a GET
   * with a server error. */
  attempts: { fault: 3, pause: 10, serverError: 5 },
  /** A kind of request that was answered only with server errors, this often and for this long, is not retried. */
  failing: { failures: 8, overMs: 30_000 },
  /** Before the second attempt of a request, and before any other request to a service that cannot be reached. */
  backOff: { firstMs: 250, growth: 3, mostMs: 4_000 },
  /** Before a GET under test is retried while its failure is confirmed: an intermittent error shows at once. */
  confirmingMs: 50,
  /** The target is lost when this many requests in a row did not reach it, over at least this time. */
  lost: { failures: 12, overMs: 10_000 },
} as const;
