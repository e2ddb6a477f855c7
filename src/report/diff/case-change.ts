/**
 * What became of one case.
 */
import type { Verdict } from '../../conformance/verdict.ts';
import { isDecided } from '../tally.ts';
import type { Change } from './model.ts';
import { saysTheSame } from './same-verdict.ts';

/**
 * Undefined: the run did not plan the case. `isClauseDecided`: the later run decided the clause at some microversion.
 *
 * What was decided and is not any more has regressed, also where the later run did not plan it: nothing shows that it still
 * passes. A case whose clause is decided at other microversions is only gone: another release has other boundaries.
 */
export function changeOf(
  before: Verdict | undefined,
  after: Verdict | undefined,
  isClauseDecided: boolean,
): Exclude<Change, 'reworded'> {
  const isLost = before !== undefined && isDecided(before.is) && !(after && isDecided(after.is));
  if (isLost && (after || !isClauseDecided)) return 'regressed';
  const [was, is] = [tried(before), tried(after)];
  if (!was || !is) return was ? 'gone' : is ? 'new' : 'unchanged';
  if (was.is === is.is) return saysTheSame(was, is) ? 'unchanged' : 'changed';
  const [first, second] = [weight[was.is], weight[is.is]];
  // A failure that the operator expects is neither worse nor better than before.
  if (first === undefined || second === undefined || is.is === 'waived') return 'changed';
  return second > first ? 'regressed' : 'mended';
}

type Tried = Exclude<Verdict, { readonly is: 'not-applicable' | 'not-attempted' }>;

export function tried(verdict: Verdict | undefined): Tried | undefined {
  return verdict === undefined || verdict.is === 'not-applicable' || verdict.is === 'not-attempted'
    ? undefined
    : verdict;
}

/** How far a decided verdict is from holding; what was not decided has no weight. */
const weight: Readonly<Partial<Record<Verdict['is'], number>>> = { pass: 0, waived: 1, warn: 2, fail: 3 };
