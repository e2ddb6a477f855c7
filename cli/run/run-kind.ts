/** Which part of the plan a run executes: all of it, a shard, what did not pass before, or one case. */
import type { PlannedCase } from '../../src/planning/plan-cases.ts';
import type { RunLine, ScopeFacts } from '../../src/records/journal.ts';
import type { Leak } from '../../src/records/run-facts.ts';
import type { RunFolder } from './run-folder.ts';

export interface RunPlan {
  /** The run line of the whole plan. */
  readonly line: RunLine;
  readonly planned: readonly PlannedCase[];
  /** Counts how much of the named resources a run line plans. */
  readonly scopeOf: (line: RunLine) => ScopeFacts;
}

export interface ChosenPart extends Omit<RunPlan, 'scopeOf'> {
  /** Copies results of other runs into the folder, after the run line is written. */
  readonly prepare?: (folder: RunFolder) => void;
  /** Left behind before this run. */
  readonly leaks?: readonly Leak[];
}

export interface RunKind {
  /** @throws UsageError; nothing was created then */
  readonly choose: (plan: RunPlan) => ChosenPart;
  /** Prints the result instead of the usual report. Returns the exit code. */
  readonly report?: (folder: RunFolder) => number;
  /** Compares the run with another one before it is reported. */
  readonly compare?: (folder: RunFolder) => Comparison;
}

export interface Comparison {
  /** Printed on stdout after the report; may be empty. */
  readonly text: string;
  /** Replaces the exit code of the verdict. */
  readonly code?: number;
}

export const wholePlan: RunKind = { choose: (plan) => plan };
