/** Checks the list of what is not tested: each entry matches the specs, is still needed, and is not due for review. */
import type { Contracts } from '../contract/contracts.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { CoveredClaim } from './coverage.ts';
import { isMeant, type Untested } from './untested.ts';

interface UntestedList {
  readonly coverage: readonly CoveredClaim[];
  readonly untested: readonly Untested[];
  readonly contracts: Contracts;
  readonly today: string;
}

export function checkUntested({ coverage, untested, contracts, today }: UntestedList): readonly Diagnostic[] {
  return untested.flatMap((entry) => {
    const matching = coverage.filter(({ claim }) => isMeant(entry, claim));
    return [
      ...(matching.length === 0 ? [unmatched(entry)] : []),
      ...matching.flatMap(({ by: [clause] }) => (clause === undefined ? [] : [covered(entry, clause)])),
      ...(entry.review <= today ? [expired(entry)] : []),
      ...unknownErratum(entry, contracts),
    ];
  });
}

function unmatched(entry: Untested): Diagnostic {
  return error(
    entry,
    'matches-nothing',
    `the specs have no ${entry.kind} "${entry.name}"`,
    'the current text of the specs',
  );
}

function covered(entry: Untested, clause: string): Diagnostic {
  return error(entry, 'tested-after-all', `${clause} tests "${entry.name}"`, 'no entry, because it is tested');
}

function expired(entry: Untested): Diagnostic {
  const message = `the review date ${entry.review} of "${entry.name}" has passed`;
  return error(entry, 'review-due', message, 'a clause, or a reason that is still valid and a later date');
}

function unknownErratum(entry: Untested, contracts: Contracts): readonly Diagnostic[] {
  const { reason, erratum: id } = entry;
  if (reason !== 'contradicted-by-erratum' && id === undefined) return [];
  if (contracts.some(({ errata }) => errata.some((known) => known.id === id))) return [];
  return [error(entry, 'unknown-erratum', `there is no erratum ${id ?? ''}`, 'erratum: an id of errata.yaml')];
}

function error({ at }: Untested, code: string, message: string, expected: string): Diagnostic {
  return { severity: 'error', code, at, message, expected };
}
