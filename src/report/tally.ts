/**
 * Counts and folds verdicts.
 */
import { verdictKinds, type VerdictKind } from '../clauses/verdict.ts';
import type { Counts } from '../records/report.ts';

export type { VerdictKind } from '../clauses/verdict.ts';

/** The order of columns and sections: passed, failed, undecided. */
export const listedKinds = [
  'pass',
  'fail',
  'warn',
  'waived',
  'unstable',
  'error',
  'inconclusive',
  'not-attempted',
  'not-applicable',
] as const satisfies readonly VerdictKind[];

/** From worst to best: exchanges decided the clause. */
const decided = ['fail', 'warn', 'waived', 'pass'] as const satisfies readonly VerdictKind[];

/** From worst to best: the clause was not decided. */
const undecided = [
  'error',
  'unstable',
  'inconclusive',
  'not-attempted',
  'not-applicable',
] as const satisfies readonly VerdictKind[];

export function isDecided(kind: VerdictKind): boolean {
  return (decided as readonly VerdictKind[]).includes(kind);
}

/** Selected and applicable, but not decided. */
export function isOpen(kind: VerdictKind): boolean {
  return !isDecided(kind) && kind !== 'not-applicable';
}

/** The worst decided verdict, else the worst undecided one; `not-attempted` without any case. */
export function foldVerdicts(kinds: readonly VerdictKind[]): VerdictKind {
  return [...decided, ...undecided].find((kind) => kinds.includes(kind)) ?? 'not-attempted';
}

export function countVerdicts(kinds: readonly VerdictKind[]): Counts {
  const counts: Record<VerdictKind, number> = {
    fail: 0,
    error: 0,
    unstable: 0,
    inconclusive: 0,
    warn: 0,
    waived: 0,
    pass: 0,
    'not-attempted': 0,
    'not-applicable': 0,
  };
  for (const kind of kinds) counts[kind] += 1;
  return counts;
}

export function countOpen(counts: Counts): number {
  return listedKinds.filter(isOpen).reduce((sum, kind) => sum + counts[kind], 0);
}

export function totalOf(counts: Counts): number {
  return verdictKinds.reduce((sum, kind) => sum + counts[kind], 0);
}
