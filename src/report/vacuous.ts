/**
 * Detects vacuous runs: runs that decided nothing, or so little that the verdict would mislead.
 *
 * A run is vacuous if
 * - no case was selected, or none of them applies to the target;
 * - no case of a MUST or MUST NOT clause passed;
 * - fewer than 10 % of the applicable cases were decided;
 * - an operation has applicable cases, and none of them was decided.
 */
import { printable } from './printable.ts';
import type { CaseReport, ClauseReport } from '../records/report.ts';
import { resourcesOf } from './resources.ts';
import { isDecided } from './tally.ts';

export const leastDecidedShare = 0.1;

/** A full sentence, or undefined if the run is not vacuous. `binding`: whether a case belongs to a MUST clause. */
export function vacuity(
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
  return `The run proves nothing about ${describeUntouched(untouched, operations.size, clauses)}: none of their cases was decided.`;
}

/** With more names than this, operations are counted by resource instead. */
const mostNames = 5;
const mostResources = 6;

function describeUntouched(untouched: readonly string[], all: number, clauses: readonly ClauseReport[]): string {
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
