/**
 * What the attempts of a case in one run come to. The first is made beside other cases; each further one alone, on fresh
 * fixtures.
 *
 * A failure (`fail`, or `warn` of a SHOULD) is confirmed by a second one; what passes then is `unstable`. A case that the
 * harness could not decide counts as its next attempt does, so that a failure there needs an attempt more. An attempt that
 * broke says nothing: it is made once more.
 */
import type { NonEmpty } from '../json.ts';
import type { Verdict } from './verdict.ts';

export interface Settled {
  readonly verdict: Verdict;
  /** Place of the attempt whose transcript shows it. */
  readonly from: number;
  /** Another attempt may change it. */
  readonly isOpen: boolean;
  /** Of a failure that was not seen twice: what the attempt that was to confirm it came to, where there was one. */
  readonly unconfirmed?: { readonly by?: Verdict };
}

export function settle([first, ...rest]: NonEmpty<Verdict>): Settled {
  return rest.reduce<Settled>((before, next, index) => follow(before, next, index + 1), begin(first, 0));
}

function begin(verdict: Verdict, from: number): Settled {
  if (isFailure(verdict)) return { verdict, from, isOpen: true, unconfirmed: {} };
  return { verdict, from, isOpen: isUnsure(verdict) };
}

function follow(before: Settled, next: Verdict, place: number): Settled {
  const { verdict, from, isOpen } = before;
  if (!isOpen) return before;
  if (!isFailure(verdict)) {
    if (isFailure(next)) return begin(next, place);
    // An attempt that was not begun says nothing.
    return next.is === 'not-attempted' ? before : { verdict: next, from: place, isOpen: isBroken(next, 0, place) };
  }
  if (isFailure(next)) return { verdict: next, from: place, isOpen: false };
  if (next.is === 'pass' || next.is === 'not-applicable') {
    return { verdict: { is: 'unstable', findings: verdict.findings, reason: passedThen }, from, isOpen: false };
  }
  return {
    verdict,
    from,
    isOpen: next.is === 'not-attempted' || isBroken(next, from, place),
    unconfirmed: { by: next },
  };
}

const passedThen = 'It failed, and passed when it was run again alone on fresh fixtures.';

type Failure = Extract<Verdict, { readonly is: 'fail' | 'warn' }>;

export function isFailure(verdict: Verdict): verdict is Failure {
  return verdict.is === 'fail' || verdict.is === 'warn';
}

/** The one attempt after the first that is made again. */
function isBroken({ is }: Verdict, first: number, place: number): boolean {
  return is === 'error' && place - first < 2;
}

function isUnsure({ is }: Verdict): boolean {
  return is === 'error' || is === 'inconclusive';
}
