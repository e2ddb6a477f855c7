/**
 * Groups the cases that were not decided by their cause, so that a cause is told once with its count.
 */
import { essenceOf } from '../conformance/essence.ts';
import { reasonOf, verdictKinds, type Verdict } from '../conformance/verdict.ts';
import type { CaseReport } from './record.ts';
import { describeFinding } from './word-finding.ts';
import { groupBy } from '../group-by.ts';

export type UndecidedVerdict = Extract<Verdict, { readonly reason: string }>;

export interface UndecidedGroup {
  readonly kind: UndecidedVerdict['is'];
  /** The root that all cases of the group hang on, where one is named: `server ACTIVE`. */
  readonly cause?: string;
  /** The sentence of the first case. */
  readonly reason: string;
  /** What would make the cases decidable. */
  readonly mend?: string;
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
    ...('mend' in verdict && verdict.mend !== undefined && { mend: verdict.mend }),
    cases: members.map(({ id }) => id),
  }));
}

function reasonFor(verdict: UndecidedVerdict): string {
  if (verdict.is !== 'unstable') return verdict.reason;
  const { place, expected, seen } = describeFinding(verdict.findings[0]);
  const what = place === undefined ? '' : `${place}: `;
  return `${verdict.reason} What was seen first: ${what}${seen} where the contract expects ${expected}.`;
}

/** Reasons that differ only in the ids of resources or exchanges have one cause. */
function keyOf(verdict: UndecidedVerdict): string {
  const root =
    verdict.is === 'inconclusive' ? verdict.cause : verdict.is === 'unstable' ? essenceOf(verdict) : verdict.reason;
  const mend = 'mend' in verdict ? verdict.mend : undefined;
  return JSON.stringify([verdict.is, root.replace(resourceIds, '…'), mend]);
}

export const resourceIds = /\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}|x\d+)\b/gi;

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
