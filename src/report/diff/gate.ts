/**
 * The exit code of a gate that stops regressions and nothing else.
 */
import type { RunDiff } from './model.ts';

/** 1: something regressed; 2: nothing did, but the later run is hollow or broke off, which proves nothing; 0 otherwise. */
export function regressionCode({ counts, after }: RunDiff): 0 | 1 | 2 {
  if (counts.cases.regressed > 0) return 1;
  return after.hollow !== undefined || after.ended !== 'completed' ? 2 : 0;
}
