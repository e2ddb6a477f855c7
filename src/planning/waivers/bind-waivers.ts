/**
 * Selects the waivers of a target, and the cases that each of them covers there.
 *
 * They are the cases of the clause at all microversions, not only the selected ones: a clause that fails at one
 * microversion is not fixed because another microversion, or another shard, was tested.
 */
import type { Contracts } from '../../contract/contracts.ts';
import type { Diagnostic } from '../../diagnostic.ts';
import type { Clause } from '../../clauses/clause.ts';
import { planCases } from '../plan-cases.ts';
import { everything, fitsPattern } from '../selection.ts';
import type { Target } from '../target.ts';
import type { BoundWaiver } from '../../records/run-facts.ts';
import type { Waiver } from './waiver.ts';

export interface BoundWaivers {
  readonly bound: readonly BoundWaiver[];
  /** Reports two waivers that cover the same case. */
  readonly diagnostics: readonly Diagnostic[];
}

export function bindWaivers(
  waivers: readonly Waiver[],
  clauses: readonly Clause[],
  contracts: Contracts,
  target: Target,
  density: 'revisions' | 'sweep',
): BoundWaivers {
  const mine = waivers.filter((waiver) => fitsPattern(waiver.target, target.name));
  const named = new Set(mine.map(({ waives }) => clauseOf(waives)));
  const subjects = clauses.filter(({ id }) => named.has(id));
  const cases = planCases(subjects, contracts, target, { ...everything, cases: density });
  const bound = mine.map((waiver) => ({
    waiver,
    cases: waiver.waives.includes('@')
      ? [waiver.waives]
      : cases.filter(({ clause }) => clause === waiver.waives).map(({ id }) => id),
  }));
  return {
    bound: bound.map(({ waiver: { at, ...facts }, cases: covered }) => ({
      ...facts,
      listedAt: `${nameOf(at.file)}:${at.line}`,
      cases: covered,
    })),
    diagnostics: bound.flatMap(({ waiver }, index) =>
      bound
        .slice(0, index)
        .flatMap((earlier) => (overlap(earlier.waiver, waiver) ? [twice(earlier.waiver, waiver)] : [])),
    ),
  };
}

function clauseOf(id: string): string {
  return id.split('@')[0] ?? id;
}

/** The same clause, and not two different cases of it. */
function overlap({ waives: a }: Waiver, { waives: b }: Waiver): boolean {
  return clauseOf(a) === clauseOf(b) && (a === b || !a.includes('@') || !b.includes('@'));
}

function twice(first: Waiver, { waives, at }: Waiver): Diagnostic {
  const message = `${waives} is already covered by the waiver at line ${first.at.line} for this target`;
  return { severity: 'error', code: 'repeated-waiver', at, message, expected: 'one waiver for each case' };
}

/** Only the file name: reports do not show the folders of the operator. */
function nameOf(file: string): string {
  return file.split(/[/\\]/).at(-1) ?? file;
}
