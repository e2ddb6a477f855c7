/** Holds the list of what is not tested to account: each entry means something, is still needed, and is not too old. */
import type { Contract } from '../contract/model.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Account } from './coverage.ts';
import { isMeant, type Untested } from './untested.ts';

interface UntestedList {
  readonly accounts: readonly Account[];
  readonly untested: readonly Untested[];
  readonly contract: Contract;
  readonly today: string;
}

export function checkUntested({ accounts, untested, contract, today }: UntestedList): readonly Diagnostic[] {
  return untested.flatMap((entry) => {
    const meant = accounts.filter(({ claim }) => isMeant(entry, claim));
    return [
      ...(meant.length === 0 ? [nothing(entry)] : []),
      ...meant.flatMap(({ by: [clause] }) => (clause === undefined ? [] : [covered(entry, clause)])),
      ...(entry.review <= today ? [expired(entry)] : []),
      ...erratum(entry, contract),
    ];
  });
}

function nothing(entry: Untested): Diagnostic {
  return fault(entry, 'matches-nothing', `the specs have no ${entry.kind} "${entry.name}"`, 'what the specs say now');
}

function covered(entry: Untested, clause: string): Diagnostic {
  return fault(entry, 'tested-after-all', `${clause} tests "${entry.name}"`, 'no entry for what is tested');
}

function expired(entry: Untested): Diagnostic {
  const message = `the review date ${entry.review} of "${entry.name}" is past`;
  return fault(entry, 'review-due', message, 'a clause, or a reason that still holds and a later date');
}

function erratum(entry: Untested, { errata }: Contract): readonly Diagnostic[] {
  const { reason, erratum: id } = entry;
  if (reason !== 'contradicted-by-erratum' && id === undefined) return [];
  if (errata.some((known) => known.id === id)) return [];
  return [fault(entry, 'unknown-erratum', `there is no erratum ${id ?? ''}`, 'erratum: the id of one in errata.yaml')];
}

function fault({ at }: Untested, code: string, message: string, expected: string): Diagnostic {
  return { severity: 'error', code, at, message, expected };
}
