/**
 * Is a run hollow: did it decide nothing, or so little that its verdict would mislead?
 *
 * Hollow is a run in which
 * - no case was selected, or the contract binds the target in none of them;
 * - no case of a MUST or MUST NOT clause passed;
 * - fewer than 10 % of the applicable cases were decided;
 * - an operation has applicable cases, and not one of them was decided.
 */
import { printable } from './printable.ts';
import type { CaseReport, ClauseReport } from './record.ts';
import { resourcesOf } from './resources.ts';
import { isDecided } from './tally.ts';

export const leastDecidedShare = 0.1;

/** `clauses`: of the cases. `binding`: is this case about a MUST? The answer is a full sentence, or undefined when the run is not hollow. */
export function hollowness(
  cases: readonly CaseReport[],
  clauses: readonly ClauseReport[],
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
  const operations = new Set(applicable.map(({ operation }) => operation));
  const touched = new Set(decided.map(({ operation }) => operation));
  const untouched = [...operations].filter((operation) => !touched.has(operation));
  if (untouched.length === 0) return undefined;
  return `The run proves nothing about ${wordUntouched(untouched, operations.size, clauses)}: none of the cases there was decided.`;
}

/** More names than these are told as numbers, by resource. */
const mostNames = 5;
const mostResources = 6;

function wordUntouched(untouched: readonly string[], all: number, clauses: readonly ClauseReport[]): string {
  if (untouched.length <= mostNames) return untouched.map((operation) => printable(operation)).join(', ');
  const of = new Set(untouched);
  const resources = resourcesOf(clauses)
    .map(({ name, operations }) => ({ name, count: operations.filter((operation) => of.has(operation)).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const rest = resources.length - mostResources;
  const named = resources.slice(0, mostResources).map(({ name, count }) => `${printable(name)} (${count})`);
  const more = rest > 0 ? ` and ${rest} more ${rest === 1 ? 'resource' : 'resources'}` : '';
  return `${untouched.length} of ${all} operations, in ${named.join(', ')}${more}`;
}
