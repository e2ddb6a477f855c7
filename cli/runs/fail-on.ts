/** `--fail-on`: what of a difference sets the exit code. */
import { regressionCode } from '../../src/report/diff/gate.ts';
import type { RunDiff } from '../../src/report/diff/model.ts';
import { UsageError } from '../errors.ts';

export type Gate = (diff: RunDiff) => number;

/** Undefined when nothing was asked for. @throws UsageError */
export function readFailOn(text: string | undefined): Gate | undefined {
  if (text === undefined) return undefined;
  if (text === 'regression') return regressionCode;
  throw new UsageError(`--fail-on ${text}: the only thing to fail on is regression.`);
}
