/**
 * Checks clauses against the specs: every statement of the specs has a clause or a reason for not testing it, every
 * clause has its source in the specs, and no id was removed or changed its meaning. Each problem is a diagnostic.
 */
import type { Clause } from '../clauses/clause.ts';
import type { Contracts } from '../contract/contracts.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { coverageOf, coverageOfAll, clausesOf, type CoveredClaim } from './coverage.ts';
import { checkClauses } from './check-clauses.ts';
import { checkLock } from './check-lock.ts';
import { checkUntested } from './check-untested.ts';
import { isMeant, type Untested } from './untested.ts';
import type { Lock } from './lock.ts';
import { positionIn, type Places } from './places.ts';

export interface Ledger {
  readonly contracts: Contracts;
  readonly clauses: readonly Clause[];
  readonly untested: readonly Untested[];
  readonly lock: Lock;
  readonly places: Places;
  /** As in `2026-11-22`. */
  readonly today: string;
}

/** Diagnostics in the order: specs, list of what is not tested, clauses, lock. */
export function checkCoverage(ledger: Ledger): readonly Diagnostic[] {
  const { contracts, clauses, untested, lock, places, today } = ledger;
  return [
    ...checkOtherReference(ledger),
    ...checkUntested({ coverage: coverageOfAll(contracts, clauses), untested, contracts, today }),
    ...contracts.flatMap((contract) => checkClauses(contract, clausesOf(contract, clauses), places)),
    ...checkLock(lock, clauses, places),
  ];
}

/** Checks another reference: only for untested statements, since quotes, entries and ids belong to our specs. */
export function checkOtherReference({ contracts, clauses, untested, places }: Ledger): readonly Diagnostic[] {
  return contracts.flatMap((contract) => {
    const coverage = coverageOf(contract, clausesOf(contract, clauses));
    return undecided(coverage, untested, places, contract.service);
  });
}

/** Claims with neither clause nor entry. */
export function uncoveredClaims(
  coverage: readonly CoveredClaim[],
  untested: readonly Untested[],
): readonly CoveredClaim[] {
  return coverage.filter(({ claim, by }) => by.length === 0 && !untested.some((entry) => isMeant(entry, claim)));
}

function undecided(
  coverage: readonly CoveredClaim[],
  untested: readonly Untested[],
  places: Places,
  service: string,
): readonly Diagnostic[] {
  return uncoveredClaims(coverage, untested).map(({ claim }) => ({
    severity: 'error',
    code: `untested-${claim.kind}`,
    at: positionIn(places.specs(service), claim.source),
    message: `no clause tests ${claim.kind === 'sentence' ? `"${claim.name}"` : `the ${claim.kind} ${claim.name}`}`,
    expected: `a clause for it, or an entry in ${places.untested}`,
  }));
}
