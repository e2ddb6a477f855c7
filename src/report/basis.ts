/** What estimates rest on: what a run has asked for, clause by clause, and what it prepared for all of them. */

export interface Basis {
  readonly measured: Measured;
  /** Sets of servers and volumes that cases share, by what they are: `paused`. */
  readonly sets: Readonly<Record<string, SetFigures>>;
  readonly clauses: Readonly<Record<string, ClauseFigures>>;
  /** How far estimates by this basis were from other runs; missing where nobody has looked. */
  readonly checked?: Deviation;
}

export interface Measured {
  readonly run: string;
  readonly target: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly cases: number;
  readonly requests: number;
  /** Of its requests, sign-in, discovery and the lists before and after. */
  readonly always: number;
  /** Of its requests, the others that no case shows: servers and volumes are made, brought back and removed by them. */
  readonly unseen: number;
  readonly servers: number;
  readonly volumes: number;
  /** How often a case took a volume for itself. */
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
  /** Volumes that came with them. */
  readonly volumes: number;
  readonly cases: number;
}

/** Of an average case of one clause. */
export interface ClauseFigures {
  /** What several cases share counts in parts. */
  readonly requests: number;
  /** Volumes taken for the case alone. */
  readonly taken?: number;
  /** What it used up of volumes: a third of one that two others had as well. */
  readonly fresh?: number;
  /** How many of its cases need which set, from 0 to 1. */
  readonly sets?: Readonly<Record<string, number>>;
}

/** The largest part by which an estimate was off: 0.1 is ten per cent. */
export interface Deviation {
  readonly runs: number;
  readonly requests: number;
  readonly servers: number;
  readonly volumes: number;
  readonly durationMs: number;
}
