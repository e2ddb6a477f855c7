/**
 * Classifies the change of one case between two runs.
 */
import type { Verdict } from '../../clauses/verdict.ts';
import { isDecided } from '../tally.ts';
import type { Change } from '../../records/diff.ts';
import { saysTheSame } from './same-verdict.ts';

/**
 * Undefined: the run did not plan the case. `isClauseDecided`: the later run decided the clause at some microversion.
 *
 * A case that was decided and no longer is has regressed, even if the later run did not plan it: nothing shows that it
 * still passes. If its clause is decided at other microversions, it counts as removed: another release has other
 * boundaries.
 */
export function changeOf(
  before: Verdict | undefined,
  after: Verdict | undefined,
  isClauseDecided: boolean,
): Exclude<Change, 'reworded'> {
  const isLost = before !== undefined && isDecided(before.is) && !(after && isDecided(after.is));
  if (isLost && (after || !isClauseDecided)) return 'regressed';
  const [was, is] = [tried(before), tried(after)];
  if (!was || !is) return was ? 'removed' : is ? 'added' : 'unchanged';
  if (was.is === is.is) return saysTheSame(was, is) ? 'unchanged' : 'changed';
  const [first, second] = [severity[was.is], severity[is.is]];
  // A failure that the operator expects is neither worse nor better than before.
  if (first === undefined || second === undefined || is.is === 'waived') return 'changed';
  return second > first ? 'regressed' : 'fixed';
}

type Tried = Exclude<Verdict, { readonly is: 'not-applicable' | 'not-attempted' }>;

export function tried(verdict: Verdict | undefined): Tried | undefined {
  return verdict === undefined || verdict.is === 'not-applicable' || verdict.is === 'not-attempted'
    ? undefined
    : verdict;
}

/** The severity of decided verdicts; an undecided verdict has none. */
const severity: Readonly<Partial<Record<Verdict['is'], number>>> = { pass: 0, waived: 1, warn: 2, fail: 3 };
