/**
 * The exit code of a gate that only stops regressions.
 */
import type { RunDiff } from '../../records/diff.ts';

/** 1: a case regressed; 2: none did, but the later run is vacuous or did not complete, so it proves nothing; else 0. */
export function regressionCode({ counts, after }: RunDiff): 0 | 1 | 2 {
  if (counts.cases.regressed > 0) return 1;
  return after.vacuous !== undefined || after.ended !== 'completed' ? 2 : 0;
}
