/**
 * Which cases of a run are tried again at its end, one at a time, and in which order.
 *
 * Cases of one clause that failed alike are one finding: one of them is tried again, and when it fails again the others
 * are left. When it does not, they are tried too. Likewise for cases that were not decided for one cause: the others are
 * left when one more of them ends so again than comes to something else, or three more where it is an error. Cases that share requests are tried one after another, and share the requests of the further attempt
 * as well: the second case costs next to nothing.
 * The most cases are tried as long as that takes no more time than the cases themselves did.
 */
import { groupBy } from '../group-by.ts';
import type { NonEmpty } from '../json.ts';
import { essenceOf } from './essence.ts';
import { isFailure, settle, type Settled } from './attempts.ts';
import type { PlannedCase } from './plan-cases.ts';
import type { CaseResult } from './run-case.ts';
import type { Verdict } from './verdict.ts';

/** Attempts that are made whatever time they take. */
export const leastConfirmations = 50;

export const mostConfirmations = 500;

export interface Confirmations {
  /** What an attempt came to; the order of the first attempts is that of the later ones. */
  readonly tell: (planned: PlannedCase, attempt: Pick<CaseResult, 'verdict' | 'transcript'>) => void;
  /** The case to be tried next; undefined when there is none. `spentMs`: on confirmations so far, and on the cases before. */
  readonly next: (spent: Spent) => Next | undefined;
}

export interface Next {
  readonly planned: PlannedCase;
  /** It shares its requests with the case that was tried last, and these were answered: it is tried with the same. */
  readonly isContinued: boolean;
}

export interface Spent {
  readonly casesMs: number;
  readonly confirmationsMs: number;
}

interface Tried {
  readonly planned: PlannedCase;
  readonly attempts: NonEmpty<Verdict>;
  readonly settled: Settled;
  /** Of the first attempt: what fails, or is not decided, for one reason. */
  readonly finding: string;
  /** The requests that it shares with other cases; empty when it shares none. */
  readonly shares: string;
}

export function createConfirmations(): Confirmations {
  const tried = new Map<string, Tried>();
  let made = 0;
  let last = '';
  return {
    tell: (planned, { verdict, transcript }) => {
      const before = tried.get(planned.id);
      const attempts: NonEmpty<Verdict> = before ? [...before.attempts, verdict] : [verdict];
      const settled = settle(attempts);
      const shares = before?.shares ?? Object.keys(transcript.shared).sort().join(' ');
      if (before) {
        made += 1;
        last = isDecided(verdict) ? shares : '';
      }
      // What passed at once is of no further interest.
      if (!before && !settled.isOpen) return;
      const finding = before?.finding ?? findingOf(planned, verdict);
      tried.set(planned.id, { planned, attempts, settled, finding, shares });
    },
    next: ({ casesMs, confirmationsMs }) => {
      if (made >= mostConfirmations) return undefined;
      if (made >= leastConfirmations && confirmationsMs > casesMs) return undefined;
      return nextOf([...tried.values()], last);
    },
  };
}

export function findingOf({ clause }: Pick<PlannedCase, 'clause'>, verdict: Verdict): string {
  const about = isFailure(verdict) ? [clause] : [];
  return JSON.stringify([...about, verdict.is, essenceOf(verdict)]);
}

/**
 * What shares requests with the case that was tried last; then failures before what was not decided, that before warnings;
 * of each, the findings that were tried the least, and of a finding the cases.
 */
function nextOf(all: readonly Tried[], last: string): Next | undefined {
  const again = all.filter(({ attempts }) => attempts.length > 1);
  const byFinding = groupBy(again, ({ finding }) => finding);
  const done = new Set([...byFinding].flatMap(([finding, own]) => (isProven(own) ? [finding] : [])));
  const times = new Map<string, number>();
  for (const { finding, attempts } of all) times.set(finding, (times.get(finding) ?? 0) + attempts.length - 1);
  const open = all.filter(
    ({ settled: { isOpen, verdict }, attempts, finding }) =>
      isOpen && ((attempts.length > 1 && isFailure(verdict)) || !done.has(finding)),
  );
  const continued = last === '' ? [] : open.filter(({ shares, attempts }) => shares === last && attempts.length === 1);
  const isContinued = continued.length > 0;
  const weight = ({ settled: { verdict }, finding, attempts }: Tried): number =>
    ranks.indexOf(verdict.is) * 1e6 + Math.min(times.get(finding) ?? 0, 1e6 - 1) + attempts.length / 10;
  const [first, ...rest] = isContinued ? continued : open;
  if (!first) return undefined;
  const { planned } = rest.reduce((best, one) => (weight(one) < weight(best) ? one : best), first);
  return { planned, isContinued };
}

/** Were all requests of the attempt answered? */
function isDecided({ is }: Verdict): boolean {
  return is !== 'error' && is !== 'inconclusive' && is !== 'not-attempted';
}

/** A connection may break by chance, and so may what is not decided for its sake. */
const proofsOfError = 3;

const ranks: readonly Verdict['is'][] = ['fail', 'error', 'inconclusive', 'warn'];

/** The others of the finding need not be tried. `again`: those of it that were tried once more. */
function isProven(again: readonly Tried[]): boolean {
  const [one] = again;
  if (!one || isFailure(one.attempts[0])) {
    return again.some(({ settled: { verdict, isOpen } }) => !isOpen && isFailure(verdict));
  }
  const { is } = one.attempts[0];
  const same = again.filter(({ settled }) => settled.verdict.is === is).length;
  return same >= again.length - same + (is === 'error' ? proofsOfError : 1);
}
