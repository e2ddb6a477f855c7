/** One attempt of a case that was tried more than once. */
import type { Verdict } from '../conformance/verdict.ts';

export interface Attempt {
  /** The name of its run. */
  readonly run: string;
  /** A further attempt in the same run, while no other case was under way, on fixtures that no other case had. */
  readonly alone?: true;
  readonly verdict: Verdict;
  readonly durationMs: number;
  readonly evidence?: string;
}
