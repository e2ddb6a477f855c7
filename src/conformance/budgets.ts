/** All time budgets of the harness, in one place. Milliseconds. */
export const budgets = {
  /** A whole case, from its first preparation to its verdict. */
  case: 600_000,
  /** A server from its creation to ACTIVE, or through an action to the state asked for. */
  server: 300_000,
  /** A volume to `available`. */
  volume: 120_000,
  /** An attach or a detach, until the volume service says that it is done. */
  attachment: 120_000,
  /** After its server is gone, until a volume is free by itself. */
  release: 5_000,
  /** Removal of one thing at the end. */
  removal: 180_000,
  poll: { first: 20, growth: 1.4, most: 1_000 },
} as const;

export interface Budget {
  readonly ms: number;
}
