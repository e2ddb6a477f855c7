/** Summarises the trials of a mutation test: its report and its kills. */
import type { Clause } from '../../src/clauses/clause.ts';
import type { MutationReport } from '../../src/records/mutation-test.ts';
import type { BaseCase, ClauseOutcome } from '../../src/mutation/protocol.ts';
import { faults } from '../../targets/simulator/index.ts';
import { isNamed, type Mutant } from './plan-trials.ts';

export interface TrialResults {
  readonly clauses: readonly Clause[];
  /** Those that were tried. */
  readonly mutants: readonly Mutant[];
  readonly all: readonly Mutant[];
  readonly base: ReadonlyMap<string, readonly BaseCase[]>;
  readonly outcomes: ReadonlyMap<string, readonly ClauseOutcome[]>;
  /** Each fault was tried on the clauses that name it, and on no others. */
  readonly namedOnly: boolean;
  /** All faults were tried. */
  readonly everyFault: boolean;
  /** The target is a cloud of the user, which may have defects of its own. */
  readonly onTarget: boolean;
}

export function summarise({
  clauses,
  mutants,
  all,
  base,
  outcomes,
  namedOnly,
  everyFault,
  onTarget,
}: TrialResults): MutationReport {
  const kills = killsOf(outcomes, clauses);
  const broken = new Set([...kills.values()].flat());
  const killed = (clause: Clause, mutant: Mutant): boolean => kills.get(mutant.id)?.includes(clause.id) === true;
  const why = (clause: Clause, fitting: readonly Mutant[]): string => {
    const last = fitting.flatMap((mutant) => outcomes.get(mutant.id)?.find((one) => one.clause === clause.id) ?? [])[0];
    return last ? `${last.outcome.verdict}${last.outcome.reason ? `: ${last.outcome.reason}` : ''}` : 'not tried';
  };
  const pairs = clauses.flatMap((clause) => clause.killedBy.map((name) => ({ clause, name })));
  const fitting = ({ clause, name }: (typeof pairs)[number], among: readonly Mutant[]): readonly Mutant[] =>
    among.filter((mutant) => mutant.names.includes(name) && isNamed(mutant, clause));
  const tried = pairs.filter((pair) => fitting(pair, mutants).length > 0);
  const missed = tried
    .filter((pair) => !fitting(pair, mutants).some((mutant) => killed(pair.clause, mutant)))
    .map((pair) => ({ clause: pair.clause.id, fault: pair.name, why: why(pair.clause, fitting(pair, mutants)) }));
  const notPassed = clauses.flatMap(({ id }) =>
    (base.get(id) ?? []).filter(({ outcome: { verdict } }) => verdict !== 'pass' && verdict !== 'not-applicable'),
  );
  // On a cloud of the user, some clauses name faults of the embedded cloud only, and some deviate or do not apply.
  const canBreak = (clause: Clause): boolean =>
    !onTarget ||
    ((base.get(clause.id) ?? []).some(({ outcome }) => outcome.verdict === 'pass') &&
      all.some((mutant) => isNamed(mutant, clause)));
  const isDeviation = ({ outcome: { verdict } }: BaseCase): boolean =>
    onTarget && (verdict === 'fail' || verdict === 'warn');
  const isComplete = everyFault && !namedOnly;
  return {
    clauses: clauses.length,
    faults: mutants.length,
    kills: [...kills.values()].reduce((sum, list) => sum + list.length, 0),
    proven: clauses.filter(({ id }) => broken.has(id) && !missed.some(({ clause }) => clause === id)).length,
    killed: mutants.filter(({ id, equivalent }) => equivalent === undefined && kills.get(id)?.length).length,
    unsound: notPassed.filter((one) => !isDeviation(one)).map(describeCase),
    deviating: notPassed.filter(isDeviation).map(describeCase),
    missed,
    unknown: pairs
      // On a cloud of the user, the faults of the embedded cloud are known but not tried.
      .filter((pair) => fitting(pair, all).length === 0 && !faults.some(({ id }) => id === pair.name))
      .map(({ clause, name }) => ({ clause: clause.id, fault: name })),
    unproven: isComplete
      ? clauses.filter((clause) => !broken.has(clause.id) && canBreak(clause)).map(({ id }) => id)
      : [],
    survivors: mutants
      .filter(() => !namedOnly)
      .filter(({ id, equivalent }) => equivalent === undefined && (kills.get(id) ?? []).length === 0)
      .map(({ id, summary }) => ({ fault: id, summary })),
    equivalents: mutants.flatMap(({ id, equivalent }) =>
      equivalent === undefined ? [] : [{ fault: id, why: equivalent }],
    ),
    mistaken: mutants.flatMap(({ id, equivalent }) => {
      const clause = (kills.get(id) ?? [])[0];
      return equivalent === undefined || clause === undefined ? [] : [{ fault: id, clause }];
    }),
  };
}

export function killsOf(
  outcomes: ReadonlyMap<string, readonly ClauseOutcome[]>,
  clauses: readonly Clause[],
): ReadonlyMap<string, readonly string[]> {
  const order = new Map<string, number>(clauses.map(({ id }, index) => [id, index]));
  return new Map(
    [...outcomes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([fault, list]) => [
        fault,
        list
          .filter(({ killed }) => killed)
          .map(({ clause }) => clause)
          .sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)),
      ]),
  );
}

function describeCase({ outcome }: BaseCase): { readonly clause: string; readonly why: string } {
  return { clause: outcome.case, why: `${outcome.verdict} ${outcome.reason ?? ''}`.trim() };
}
