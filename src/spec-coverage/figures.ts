/** Counts clauses by level and kind, and how much of the specs they cover. */
import { levelOf, type Clause } from '../clauses/clause.ts';
import type { Level } from '../clauses/verdict.ts';
import type { Figures } from '../records/clause-check.ts';
import { claimKinds } from './claim.ts';
import type { CoveredClaim } from './coverage.ts';
import { isMeant, type Untested } from './untested.ts';

const levels = ['MUST', 'MUST NOT', 'SHOULD', 'SHOULD NOT', 'MAY'] as const satisfies readonly Level[];

export function figuresOf(
  clauses: readonly Clause[],
  coverage: readonly CoveredClaim[],
  untested: readonly Untested[],
): Figures {
  const count = (level: Level, kind: Clause['kind']): number =>
    clauses.filter((clause) => clause.kind === kind && levelOf(clause.statement) === level).length;
  return {
    clauses: levels
      .map((level) => ({ level, derived: count(level, 'derived'), written: count(level, 'written') }))
      .filter(({ derived, written }) => derived + written > 0),
    claims: claimKinds.map((kind) => {
      const own = coverage.filter(({ claim }) => claim.kind === kind);
      const open = own.filter(({ by }) => by.length === 0);
      return {
        kind,
        all: own.length,
        tested: own.length - open.length,
        untested: open.filter(({ claim }) => untested.some((entry) => isMeant(entry, claim))).length,
      };
    }),
  };
}
