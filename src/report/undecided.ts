/**
 * Groups undecided cases by their cause, so that a cause is listed once with its count.
 */
import { essenceOf } from '../clauses/comparable-verdict.ts';
import { reasonOf, verdictKinds, type Verdict } from '../clauses/verdict.ts';
import type { CaseReport } from '../records/report.ts';
import { describeFinding } from './describe-finding.ts';
import { groupBy } from '../group-by.ts';

export type UndecidedVerdict = Extract<Verdict, { readonly reason: string }>;

export interface UndecidedGroup {
  readonly kind: UndecidedVerdict['is'];
  /** What blocks all cases of the group, if it has a name: `server ACTIVE`. */
  readonly cause?: string;
  /** The reason of the first case, a sentence. */
  readonly reason: string;
  /** What makes the cases decidable. */
  readonly remedy?: string;
  /** Ids, in the order of the report. */
  readonly cases: readonly string[];
}

/** Worst kind first, then the largest group. */
export function groupUndecided(cases: readonly CaseReport[]): readonly UndecidedGroup[] {
  const undecided = cases.flatMap(({ id, verdict }) => (isUndecided(verdict) ? [{ id, verdict }] : []));
  const groups = groupBy(undecided, ({ verdict }) => keyOf(verdict));
  return [...groups.values()]
    .flatMap(asGroup)
    .sort(
      (a, b) =>
        verdictKinds.indexOf(a.kind) - verdictKinds.indexOf(b.kind) ||
        b.cases.length - a.cases.length ||
        compareText(a.reason, b.reason),
    );
}

function isUndecided(verdict: Verdict): verdict is UndecidedVerdict {
  return reasonOf(verdict) !== undefined;
}

interface UndecidedCase {
  readonly id: string;
  readonly verdict: UndecidedVerdict;
}

function asGroup(members: readonly UndecidedCase[]): readonly UndecidedGroup[] {
  return members.slice(0, 1).map(({ verdict }) => ({
    kind: verdict.is,
    ...(verdict.is === 'inconclusive' && { cause: verdict.cause }),
    reason: reasonFor(verdict),
    ...('remedy' in verdict && verdict.remedy !== undefined && { remedy: verdict.remedy }),
    cases: members.map(({ id }) => id),
  }));
}

function reasonFor(verdict: UndecidedVerdict): string {
  if (verdict.is !== 'unstable') return verdict.reason;
  const { place, expected, seen } = describeFinding(verdict.findings[0]);
  const what = place === undefined ? '' : `${place}: `;
  return `${verdict.reason} First finding: ${what}${seen} where the contract expects ${expected}.`;
}

/** Reasons that differ only in ids of resources or exchanges have the same key. */
function keyOf(verdict: UndecidedVerdict): string {
  const root =
    verdict.is === 'inconclusive' ? verdict.cause : verdict.is === 'unstable' ? essenceOf(verdict) : verdict.reason;
  const remedy = 'remedy' in verdict ? verdict.remedy : undefined;
  return JSON.stringify([verdict.is, root.replace(resourceIds, '…'), remedy]);
}

export const resourceIds = /\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}|x\d+)\b/gi;

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
