/** The basis of estimates: the requests of a measured run by clause, and the fixtures that its cases shared. */

export interface Basis {
  readonly measured: Measured;
  /** Sets of servers and volumes that cases share, by label: `paused`. */
  readonly sets: Readonly<Record<string, SetFigures>>;
  readonly clauses: Readonly<Record<string, ClauseFigures>>;
  /** How far estimates from this basis were off for other runs; missing where that was not measured. */
  readonly checked?: Deviation;
}

export interface Measured {
  readonly run: string;
  readonly target: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly cases: number;
  readonly requests: number;
  /** Of its requests: sign-in, discovery and the inventory before and after. */
  readonly always: number;
  /** Of its requests: the others outside of cases, which create, reset and remove servers and volumes. */
  readonly unseen: number;
  readonly servers: number;
  readonly volumes: number;
  /** How often a case leased a volume exclusively. */
  readonly taken: number;
  readonly durationMs: number;
  /** Before the first case. */
  readonly startMs: number;
  readonly targetMs: number;
  readonly ownCpuMs: number;
}

export interface SetFigures {
  readonly servers: number;
  /** Servers at the same time. */
  readonly atOnce: number;
  /** Volumes created with them. */
  readonly volumes: number;
  readonly cases: number;
}

/** Figures of an average case of one clause. */
export interface ClauseFigures {
  /** A request that several cases share counts in fractions. */
  readonly requests: number;
  /** Volumes leased for the case alone. */
  readonly taken?: number;
  /** Volumes used up: a third of one that two other cases used as well. */
  readonly fresh?: number;
  /** The share of its cases that need each set, from 0 to 1. */
  readonly sets?: Readonly<Record<string, number>>;
}

/** The largest relative error of an estimate: 0.1 is ten per cent. */
export interface Deviation {
  readonly runs: number;
  readonly requests: number;
  readonly servers: number;
  readonly volumes: number;
  readonly durationMs: number;
}
