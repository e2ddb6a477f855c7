/** `--fail-on`: which differences set the exit code. */
import { regressionCode } from '../../src/report/run-diff/gate.ts';
import type { RunDiff } from '../../src/records/diff.ts';
import { UsageError } from '../errors.ts';

export type Gate = (diff: RunDiff) => number;

/** Undefined without the option. @throws UsageError */
export function readFailOn(text: string | undefined): Gate | undefined {
  if (text === undefined) return undefined;
  if (text === 'regression') return regressionCode;
  throw new UsageError(`--fail-on ${text} is unknown. Pass regression.`);
}
