/** One attempt of a case that was tried more than once. */
import type { Verdict } from '../clauses/verdict.ts';

export interface Attempt {
  /** The name of its run. */
  readonly run: string;
  /** A further attempt in the same run, without concurrent cases, on fixtures that no other case used. */
  readonly alone?: true;
  readonly verdict: Verdict;
  readonly durationMs: number;
  readonly evidence?: string;
}
