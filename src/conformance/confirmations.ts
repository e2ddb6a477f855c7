/**
 * Which cases of a run are tried again at its end, one at a time, and in which order.
 *
 * Cases of one clause that failed alike are one finding: one of them is tried again, and when it fails again the others
 * are left. When it does not, they are tried too. Likewise one case of each cause for which cases could not be decided, and
 * three of each error.
 * The most cases are tried as long as that takes no more time than the cases themselves did.
 */
import type { NonEmpty } from '../json.ts';
import { essenceOf } from './essence.ts';
import { isFailure, settle, type Settled } from './attempts.ts';
import type { PlannedCase } from './plan-cases.ts';
import type { Verdict } from './verdict.ts';

/** Attempts that are made whatever time they take. */
export const leastConfirmations = 50;

export const mostConfirmations = 500;

export interface Confirmations {
  /** What an attempt came to; the order of the first attempts is that of the later ones. */
  readonly tell: (planned: PlannedCase, verdict: Verdict) => void;
  /** The case to be tried next; undefined when there is none. `spentMs`: on confirmations so far, and on the cases before. */
  readonly next: (spent: Spent) => PlannedCase | undefined;
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
}

export function createConfirmations(): Confirmations {
  const tried = new Map<string, Tried>();
  let made = 0;
  return {
    tell: (planned, verdict) => {
      const before = tried.get(planned.id);
      const attempts: NonEmpty<Verdict> = before ? [...before.attempts, verdict] : [verdict];
      const settled = settle(attempts);
      if (before) made += 1;
      // What passed at once is of no further interest.
      if (!before && !settled.isOpen) return;
      tried.set(planned.id, { planned, attempts, settled, finding: before?.finding ?? findingOf(planned, verdict) });
    },
    next: ({ casesMs, confirmationsMs }) => {
      if (made >= mostConfirmations) return undefined;
      if (made >= leastConfirmations && confirmationsMs > casesMs) return undefined;
      return nextOf([...tried.values()]);
    },
  };
}

export function findingOf({ clause }: Pick<PlannedCase, 'clause'>, verdict: Verdict): string {
  const about = isFailure(verdict) ? [clause] : [];
  return JSON.stringify([...about, verdict.is, essenceOf(verdict)]);
}

/** Failures before what was not decided, that before warnings; of each, the findings that were tried the least. */
function nextOf(all: readonly Tried[]): PlannedCase | undefined {
  const proven = all.filter(({ settled, attempts }) => isProven(settled, attempts));
  const done = new Set(
    proven
      .filter(({ finding, settled: { verdict } }) => {
        const proofs = proven.filter((one) => one.finding === finding).length;
        return proofs >= (verdict.is === 'error' ? proofsOfError : 1);
      })
      .map(({ finding }) => finding),
  );
  const times = new Map<string, number>();
  for (const { finding, attempts } of all) times.set(finding, (times.get(finding) ?? 0) + attempts.length - 1);
  const open = all.filter(
    ({ settled, attempts, finding }) => settled.isOpen && (attempts.length > 1 || !done.has(finding)),
  );
  const weight = ({ settled: { verdict }, finding }: Tried): number =>
    ranks.indexOf(verdict.is) * 1e6 + Math.min(times.get(finding) ?? 0, 1e6 - 1);
  const [first, ...rest] = open;
  return first && rest.reduce((best, one) => (weight(one) < weight(best) ? one : best), first).planned;
}

/** A connection may break twice by chance: so many cases have to end in the error again before the others are left. */
const proofsOfError = 3;

const ranks: readonly Verdict['is'][] = ['fail', 'error', 'inconclusive', 'warn'];

/** The others of its finding need not be tried. */
function isProven({ verdict, isOpen }: Settled, attempts: readonly Verdict[]): boolean {
  return attempts.length > 1 && !isOpen && ranks.includes(verdict.is);
}
