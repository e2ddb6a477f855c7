/** Do two verdicts say the same? Names and ids that are different in every run do not count. */
import { essenceOf } from '../../conformance/essence.ts';
import type { Verdict } from '../../conformance/verdict.ts';

/** For verdicts of the same kind. */
export function saysTheSame(a: Verdict, b: Verdict): boolean {
  return a.is === b.is && essenceOf(a) === essenceOf(b);
}
