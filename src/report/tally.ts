/**
 * Counting and folding verdicts.
 */
import { verdictKinds, type VerdictKind } from '../conformance/verdict.ts';
import type { Counts } from './record.ts';

export type { VerdictKind } from '../conformance/verdict.ts';

/** The order of columns and sections: what held, what did not, what is not known. */
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

/** From worst to best: the exchanges that decide the clause were seen. */
const decided = ['fail', 'warn', 'waived', 'pass'] as const satisfies readonly VerdictKind[];

/** From worst to best: nothing is known of the clause here. */
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

/** Selected and binding, and yet nothing is known. */
export function isOpen(kind: VerdictKind): boolean {
  return !isDecided(kind) && kind !== 'not-applicable';
}

/** As bad as the worst decided case; without one, as bad as the worst undecided. No case at all was not attempted. */
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

/** How many are open. */
export function countOpen(counts: Counts): number {
  return listedKinds.filter(isOpen).reduce((sum, kind) => sum + counts[kind], 0);
}

export function totalOf(counts: Counts): number {
  return verdictKinds.reduce((sum, kind) => sum + counts[kind], 0);
}
