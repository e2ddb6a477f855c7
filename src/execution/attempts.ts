/**
 * The result of a case from its attempts in one run. The first runs in parallel with other cases; each further one runs
 * alone, on fresh fixtures.
 *
 * A failure (`fail`, or `warn` of a SHOULD) is confirmed by a second one; a case that passes then is `unstable`. A case
 * that was not decided takes the verdict of its next attempt, so a failure there needs one more attempt. A further attempt
 * that ends in an error is repeated once.
 */
import type { NonEmpty } from '../json.ts';
import type { Verdict } from '../clauses/verdict.ts';

export interface AttemptsSummary {
  readonly verdict: Verdict;
  /** Index of the attempt whose transcript shows it. */
  readonly from: number;
  /** Another attempt may change it. */
  readonly isOpen: boolean;
  /** Set for a failure that was not confirmed; `by`: the verdict of the attempt to confirm it, if there was one. */
  readonly unconfirmed?: { readonly by?: Verdict };
}

export function summariseAttempts([first, ...rest]: NonEmpty<Verdict>): AttemptsSummary {
  return rest.reduce<AttemptsSummary>((before, next, index) => follow(before, next, index + 1), begin(first, 0));
}

function begin(verdict: Verdict, from: number): AttemptsSummary {
  if (isFailure(verdict)) return { verdict, from, isOpen: true, unconfirmed: {} };
  return { verdict, from, isOpen: isUnsure(verdict) };
}

function follow(before: AttemptsSummary, next: Verdict, index: number): AttemptsSummary {
  const { verdict, from, isOpen } = before;
  if (!isOpen) return before;
  if (!isFailure(verdict)) {
    if (isFailure(next)) return begin(next, index);
    // An attempt that did not start changes nothing.
    return next.is === 'not-attempted' ? before : { verdict: next, from: index, isOpen: isBroken(next, 0, index) };
  }
  if (isFailure(next)) return { verdict: next, from: index, isOpen: false };
  if (next.is === 'pass' || next.is === 'not-applicable') {
    return { verdict: { is: 'unstable', findings: verdict.findings, reason: passedThen }, from, isOpen: false };
  }
  return {
    verdict,
    from,
    isOpen: next.is === 'not-attempted' || isBroken(next, from, index),
    unconfirmed: { by: next },
  };
}

const passedThen = 'It failed, and passed when it was run again alone on fresh fixtures.';

type Failure = Extract<Verdict, { readonly is: 'fail' | 'warn' }>;

export function isFailure(verdict: Verdict): verdict is Failure {
  return verdict.is === 'fail' || verdict.is === 'warn';
}

/** Is this the one further attempt that is repeated because it ended in an error? */
function isBroken({ is }: Verdict, first: number, index: number): boolean {
  return is === 'error' && index - first < 2;
}

function isUnsure({ is }: Verdict): boolean {
  return is === 'error' || is === 'inconclusive';
}
