/**
 * Which cases of a run are repeated at its end, one at a time, and in which order.
 *
 * Cases of one clause with the same failure are one finding: one of them is repeated, and when it fails again the
 * others are not repeated. When it does not, they are repeated as well. Cases that were not decided for the same cause
 * are one finding too: they are repeated until the cases that end the same way again outnumber the others by one, or by
 * `proofsOfError` if the cause is an error.
 * Cases that share requests are repeated one after another and share the requests of the further attempt as well, so
 * the second case costs next to nothing.
 * Confirmations end when they have taken longer than the cases themselves, but not before `leastConfirmations`.
 */
import { groupBy } from '../group-by.ts';
import type { NonEmpty } from '../json.ts';
import { essenceOf } from '../clauses/comparable-verdict.ts';
import { isFailure, summariseAttempts, type AttemptsSummary } from './attempts.ts';
import type { PlannedCase } from '../planning/plan-cases.ts';
import type { CaseResult } from './run-case.ts';
import { leavesFixturesUnchanged } from './unchanged-fixtures.ts';
import type { Verdict } from '../clauses/verdict.ts';

/** Attempts that are made regardless of the time they take. */
export const leastConfirmations = 50;

export const mostConfirmations = 500;

export interface Confirmations {
  /** Records an attempt; further attempts follow the order of the first ones. */
  readonly record: (planned: PlannedCase, attempt: Pick<CaseResult, 'verdict' | 'transcript' | 'exchanges'>) => void;
  /** The case to repeat next; undefined when there is none. */
  readonly next: (spent: Spent) => Next | undefined;
}

export interface Next {
  readonly planned: PlannedCase;
  /** It shares its requests with the case that was repeated last and was decided: it uses the same responses. */
  readonly isContinued: boolean;
  /** It may start from fixtures of other further attempts: no MUST failed, and its attempts so far changed nothing. */
  readonly sharesFixtures: boolean;
}

export interface Spent {
  readonly casesMs: number;
  readonly confirmationsMs: number;
}

interface Tried {
  readonly planned: PlannedCase;
  readonly attempts: NonEmpty<Verdict>;
  readonly summary: AttemptsSummary;
  /** Key of the first attempt: cases with the same key failed, or were not decided, for the same reason. */
  readonly finding: string;
  /** The requests that the case shares with others; empty when it shares none. */
  readonly shares: string;
  /** No attempt changed its fixtures. */
  readonly isUnchanged: boolean;
}

export function createConfirmations(): Confirmations {
  const tried = new Map<string, Tried>();
  let made = 0;
  let last = '';
  return {
    record: (planned, attempt) => {
      const { verdict, transcript } = attempt;
      const before = tried.get(planned.id);
      const attempts: NonEmpty<Verdict> = before ? [...before.attempts, verdict] : [verdict];
      const summary = summariseAttempts(attempts);
      const shares = before?.shares ?? Object.keys(transcript.shared).sort().join(' ');
      if (before) {
        made += 1;
        last = isDecided(verdict) ? shares : '';
      }
      // A case that passed at once needs no confirmation.
      if (!before && !summary.isOpen) return;
      const finding = before?.finding ?? findingOf(planned, verdict);
      const isUnchanged = before?.isUnchanged !== false && leavesFixturesUnchanged(attempt);
      tried.set(planned.id, { planned, attempts, summary, finding, shares, isUnchanged });
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
 * First the cases that share requests with the last one; then failures, errors, inconclusive cases and warnings. Of
 * each, the findings with the fewest attempts, and of a finding, the cases with the fewest attempts.
 */
function nextOf(all: readonly Tried[], last: string): Next | undefined {
  const again = all.filter(({ attempts }) => attempts.length > 1);
  const byFinding = groupBy(again, ({ finding }) => finding);
  const done = new Set([...byFinding].flatMap(([finding, own]) => (isProven(own) ? [finding] : [])));
  const times = new Map<string, number>();
  for (const { finding, attempts } of all) times.set(finding, (times.get(finding) ?? 0) + attempts.length - 1);
  const open = all.filter(
    ({ summary: { isOpen, verdict }, attempts, finding }) =>
      isOpen && ((attempts.length > 1 && isFailure(verdict)) || !done.has(finding)),
  );
  const continued = last === '' ? [] : open.filter(({ shares, attempts }) => shares === last && attempts.length === 1);
  const isContinued = continued.length > 0;
  const weight = ({ summary: { verdict }, finding, attempts }: Tried): number =>
    ranks.indexOf(verdict.is) * 1e6 + Math.min(times.get(finding) ?? 0, 1e6 - 1) + attempts.length / 10;
  const [first, ...rest] = isContinued ? continued : open;
  if (!first) return undefined;
  const best = rest.reduce((least, one) => (weight(one) < weight(least) ? one : least), first);
  const { planned, attempts, isUnchanged } = best;
  return { planned, isContinued, sharesFixtures: isUnchanged && attempts.every(({ is }) => is === 'warn') };
}

/** Did all requests of the attempt get a response? */
function isDecided({ is }: Verdict): boolean {
  return is !== 'error' && is !== 'inconclusive' && is !== 'not-attempted';
}

/** A connection may break by chance: repeated errors must outnumber other results by this many. */
const proofsOfError = 3;

const ranks: readonly Verdict['is'][] = ['fail', 'error', 'inconclusive', 'warn'];

/**
 * The other cases of the finding need not be repeated.
 *
 * @param again The cases of the finding that have been repeated.
 */
function isProven(again: readonly Tried[]): boolean {
  const [one] = again;
  if (!one || isFailure(one.attempts[0])) {
    return again.some(({ summary: { verdict, isOpen } }) => !isOpen && isFailure(verdict));
  }
  const { is } = one.attempts[0];
  const same = again.filter(({ summary }) => summary.verdict.is === is).length;
  return same >= again.length - same + (is === 'error' ? proofsOfError : 1);
}
