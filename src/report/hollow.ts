/**
 * Is a run hollow: did it decide nothing, or so little that its verdict would mislead?
 *
 * Hollow is a run in which
 * - no case was selected, or the contract binds the target in none of them;
 * - no case of a MUST or MUST NOT clause passed;
 * - fewer than 10 % of the applicable cases were decided;
 * - an operation has applicable cases, and not one of them was decided.
 */
import type { OperationId } from '../contract/model.ts';
import type { CaseReport } from './record.ts';
import { isDecided } from './tally.ts';

export const leastDecidedShare = 0.1;

/** `binding`: is this case about a MUST? The answer is a full sentence, or undefined when the run is not hollow. */
export function hollowness(
  cases: readonly CaseReport[],
  binding: (candidate: CaseReport) => boolean,
): string | undefined {
  const applicable = cases.filter(({ verdict }) => verdict.is !== 'not-applicable');
  if (cases.length === 0) return 'The run proves nothing: no case was selected.';
  if (applicable.length === 0) return 'The run proves nothing: none of the selected cases applies to this target.';
  const decided = applicable.filter(({ verdict }) => isDecided(verdict.is));
  if (decided.length === 0) return `The run proves nothing: none of its ${applicable.length} cases was decided.`;
  if (!decided.some((decidedCase) => decidedCase.verdict.is === 'pass' && binding(decidedCase))) {
    return 'The run proves almost nothing: no case of a MUST clause passed.';
  }
  if (decided.length < applicable.length * leastDecidedShare) {
    return `The run proves almost nothing: of its ${applicable.length} cases only ${decided.length} were decided.`;
  }
  const untouched = untouchedOperations(applicable);
  if (untouched.length === 0) return undefined;
  return `The run proves nothing about ${untouched.join(', ')}: none of the cases there was decided.`;
}

function untouchedOperations(applicable: readonly CaseReport[]): readonly OperationId[] {
  const operations = [...new Set(applicable.map(({ operation }) => operation))];
  const touched = new Set(applicable.filter(({ verdict }) => isDecided(verdict.is)).map(({ operation }) => operation));
  return operations.filter((operation) => !touched.has(operation));
}
