/** What a run does with the plan: all of it, a shard, what did not pass before, one case. */
import type { PlannedCase } from '../../src/conformance/plan-cases.ts';
import type { RunLine } from '../../src/report/journal.ts';
import type { Leak } from '../../src/report/record.ts';
import type { ScopeFacts } from '../../src/report/scope.ts';
import type { RunFolder } from './run-folder.ts';

export interface RunPlan {
  /** Of the whole plan. */
  readonly line: RunLine;
  readonly planned: readonly PlannedCase[];
  /** Counts how much of the named resources a run line plans. */
  readonly scopeOf: (line: RunLine) => ScopeFacts;
}

export interface ChosenPart extends Omit<RunPlan, 'scopeOf'> {
  /** Fills the folder with what is taken over from elsewhere, when the run line is written. */
  readonly prepare?: (folder: RunFolder) => void;
  /** Left behind before this run. */
  readonly leaks?: readonly Leak[];
}

export interface RunKind {
  /** @throws UsageError: nothing was created then. */
  readonly choose: (plan: RunPlan) => ChosenPart;
  /** Tells the outcome; the run's own way when missing. Returns the exit code. */
  readonly tell?: (folder: RunFolder) => number;
  /** Compares the run with another one before it is reported. */
  readonly compare?: (folder: RunFolder) => Comparison;
}

export interface Comparison {
  /** For stdout, after the report; empty where nothing is to be printed. */
  readonly text: string;
  /** Replaces the exit code of the verdict. */
  readonly code?: number;
}

export const wholePlan: RunKind = { choose: (plan) => plan };
