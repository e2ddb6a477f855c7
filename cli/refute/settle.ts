/** What the trials of a refutation come to: its account, and its kills. */
import type { Clause } from '../../src/conformance/clause.ts';
import type { RefutationAccount } from '../../src/refutation/account.ts';
import type { BaseCase, ClauseOutcome } from '../../src/refutation/protocol.ts';
import { faults } from '../../targets/simulator/index.ts';
import { isNamed, type Suspect } from './plan-trials.ts';

export interface Matter {
  readonly clauses: readonly Clause[];
  /** Those of this round. */
  readonly suspects: readonly Suspect[];
  readonly all: readonly Suspect[];
  readonly base: ReadonlyMap<string, readonly BaseCase[]>;
  readonly outcomes: ReadonlyMap<string, readonly ClauseOutcome[]>;
  /** Each fault was tried on the clauses that name it, and on no others. */
  readonly namedOnly: boolean;
  /** All faults were tried. */
  readonly everyFault: boolean;
  /** A cloud of the user's, which may have defects of its own. */
  readonly onTarget: boolean;
}

export function settle({
  clauses,
  suspects,
  all,
  base,
  outcomes,
  namedOnly,
  everyFault,
  onTarget,
}: Matter): RefutationAccount {
  const kills = killsOf(outcomes, clauses);
  const broken = new Set([...kills.values()].flat());
  const killed = (clause: Clause, suspect: Suspect): boolean => kills.get(suspect.id)?.includes(clause.id) === true;
  const why = (clause: Clause, fitting: readonly Suspect[]): string => {
    const last = fitting.flatMap(
      (suspect) => outcomes.get(suspect.id)?.find((one) => one.clause === clause.id) ?? [],
    )[0];
    return last ? `${last.outcome.verdict}${last.outcome.reason ? `: ${last.outcome.reason}` : ''}` : 'not tried';
  };
  const pairs = clauses.flatMap((clause) => clause.refutedBy.map((name) => ({ clause, name })));
  const fitting = ({ clause, name }: (typeof pairs)[number], among: readonly Suspect[]): readonly Suspect[] =>
    among.filter((suspect) => suspect.names.includes(name) && isNamed(suspect, clause));
  const tried = pairs.filter((pair) => fitting(pair, suspects).length > 0);
  const missed = tried
    .filter((pair) => !fitting(pair, suspects).some((suspect) => killed(pair.clause, suspect)))
    .map((pair) => ({ clause: pair.clause.id, fault: pair.name, why: why(pair.clause, fitting(pair, suspects)) }));
  const notHeld = clauses.flatMap(({ id }) =>
    (base.get(id) ?? []).filter(({ outcome: { verdict } }) => verdict !== 'pass' && verdict !== 'not-applicable'),
  );
  // On a cloud of the user's some clauses name faults of the embedded one alone, and some depart or do not apply there.
  const canFall = (clause: Clause): boolean =>
    !onTarget ||
    ((base.get(clause.id) ?? []).some(({ outcome }) => outcome.verdict === 'pass') &&
      all.some((suspect) => isNamed(suspect, clause)));
  const isDeparture = ({ outcome: { verdict } }: BaseCase): boolean =>
    onTarget && (verdict === 'fail' || verdict === 'warn');
  const wholeRound = everyFault && !namedOnly;
  return {
    clauses: clauses.length,
    faults: suspects.length,
    kills: [...kills.values()].reduce((sum, list) => sum + list.length, 0),
    refuted: clauses.filter(({ id }) => broken.has(id) && !missed.some(({ clause }) => clause === id)).length,
    killed: suspects.filter(({ id, equivalent }) => equivalent === undefined && kills.get(id)?.length).length,
    unsound: notHeld.filter((one) => !isDeparture(one)).map(inWords),
    departing: notHeld.filter(isDeparture).map(inWords),
    missed,
    unknown: pairs
      // On a cloud of the user's the faults of the embedded one are known, and not tried.
      .filter((pair) => fitting(pair, all).length === 0 && !faults.some(({ id }) => id === pair.name))
      .map(({ clause, name }) => ({ clause: clause.id, fault: name })),
    unrefuted: wholeRound
      ? clauses.filter((clause) => !broken.has(clause.id) && canFall(clause)).map(({ id }) => id)
      : [],
    survivors: suspects
      .filter(() => !namedOnly)
      .filter(({ id, equivalent }) => equivalent === undefined && (kills.get(id) ?? []).length === 0)
      .map(({ id, summary }) => ({ fault: id, summary })),
    equivalents: suspects.flatMap(({ id, equivalent }) =>
      equivalent === undefined ? [] : [{ fault: id, why: equivalent }],
    ),
    mistaken: suspects.flatMap(({ id, equivalent }) => {
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

function inWords({ outcome }: BaseCase): { readonly clause: string; readonly why: string } {
  return { clause: outcome.case, why: `${outcome.verdict} ${outcome.reason ?? ''}`.trim() };
}
