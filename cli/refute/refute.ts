/** A refutation from its options to its account. */
import type { Clause } from '../../src/conformance/clause.ts';
import { planCases, type CaseId } from '../../src/conformance/plan-cases.ts';
import { everything, matchesGlob } from '../../src/conformance/selection.ts';
import type { RefutationAccount } from '../../src/refutation/account.ts';
import type { BaseCase, ClauseOutcome, Errand } from '../../src/refutation/protocol.ts';
import { faults } from '../../targets/simulator/index.ts';
import { openAccount } from '../clauses/open-account.ts';
import { UsageError } from '../errors.ts';
import { localConductor, openConductor, type Conductor } from './conductor.ts';
import type { Lab } from './lab.ts';
import { openSimulatorLab } from './simulator-lab.ts';
import { derivedSuspect, isNamed, planTrials, simulatorSuspect, type Suspect, type Whom } from './plan-trials.ts';

export interface RefuteOptions {
  /** Globs; empty for all. */
  readonly faults: readonly string[];
  readonly clauses: readonly string[];
  /**
   * `named`: the clauses that name a fault; `enough`: all others too where none of those falls; `all`: all others too.
   */
  readonly against: 'named' | 'enough' | 'all';
  /** Hears of the progress in sentences. */
  readonly tell: (line: string) => void;
}

export interface Refutation {
  readonly account: RefutationAccount;
  /** Faults by id, with the clauses that they broke; in order. */
  readonly kills: ReadonlyMap<string, readonly string[]>;
  readonly durationMs: number;
}

/**
 * On the embedded cloud: its own faults, and those that the contract suggests.
 * @throws UsageError when no clause or no fault is chosen.
 */
export async function refute(options: RefuteOptions): Promise<Refutation> {
  const lab = await openSimulatorLab();
  const conductor = await openConductor();
  try {
    const own = faults.map((fault) => simulatorSuspect(fault, lab.simulator.behaviour));
    return await holdTrials(lab, conductor, [...own, ...derivedSuspects(lab)], options);
  } finally {
    await conductor.close();
    await lab.close();
  }
}

/**
 * On a cloud of the user's: the faults that the contract suggests, let loose on what comes back.
 * @throws UsageError when no clause or no fault is chosen.
 */
export async function refuteOnTarget(lab: Lab, options: RefuteOptions): Promise<Refutation> {
  return holdTrials(lab, localConductor(lab), derivedSuspects(lab), options);
}

function derivedSuspects({ derived, recognise }: Lab): readonly Suspect[] {
  const { untested } = openAccount({}).ledger;
  const unanswered = new Map(
    untested.flatMap(({ kind, name, why }) => (kind === 'code' ? [[name, why] as const] : [])),
  );
  return [...derived.values()].map((fault) => derivedSuspect(fault, recognise, unanswered));
}

async function holdTrials(
  lab: Lab,
  conductor: Conductor,
  all: readonly Suspect[],
  options: RefuteOptions,
): Promise<Refutation> {
  const startedAt = performance.now();
  const clauses = [...lab.clauses.values()].filter(({ id }) => chosen(options.clauses, id));
  const suspects = all.filter(({ id }) => chosen(options.faults, id));
  for (const [things, option] of [
    [clauses, 'clause'],
    [suspects, 'fault'],
  ] as const) {
    // A round of nothing would be proven.
    if (things.length === 0) throw new UsageError(`No ${option} fits --${option}.`);
  }
  const planned = planCases(clauses, lab.contract, lab.target, everything).filter(({ decided }) => !decided);
  options.tell(`${clauses.length} clauses, ${planned.length} cases, ${suspects.length} faults.`);
  const cases = planned.map(({ id }) => id);
  const base = await runBase(conductor, cases, options);
  const outcomes = await runFaults(conductor, suspects, clauses, base, options);
  const account = settle({ clauses, suspects, all, base, outcomes, options });
  return { account, kills: killsOf(outcomes, clauses), durationMs: performance.now() - startedAt };
}

async function runBase(
  conductor: Conductor,
  cases: readonly CaseId[],
  { tell }: RefuteOptions,
): Promise<ReadonlyMap<string, readonly BaseCase[]>> {
  const startedAt = performance.now();
  const share = Math.ceil(cases.length / conductor.performers);
  const errands = Array.from({ length: Math.ceil(cases.length / share) }, (_, index): Errand => ({
    kind: 'base',
    cases: cases.slice(index * share, (index + 1) * share),
  }));
  const told = await conductor.perform(errands);
  const byClause = new Map<string, BaseCase[]>();
  for (const one of told.flatMap((reply) => (reply.kind === 'base' ? reply.cases : []))) {
    const clause = one.outcome.case.split('@')[0] ?? '';
    byClause.set(clause, [...(byClause.get(clause) ?? []), one]);
  }
  const order = new Map(cases.map((id, index) => [id, index]));
  for (const list of byClause.values()) {
    list.sort((a, b) => (order.get(a.outcome.case) ?? 0) - (order.get(b.outcome.case) ?? 0));
  }
  tell(`Without faults: ${seconds(performance.now() - startedAt)}.`);
  return byClause;
}

async function runFaults(
  conductor: Conductor,
  suspects: readonly Suspect[],
  clauses: readonly Clause[],
  base: ReadonlyMap<string, readonly BaseCase[]>,
  { against, tell }: RefuteOptions,
): Promise<ReadonlyMap<string, readonly ClauseOutcome[]>> {
  const outcomes = new Map<string, readonly ClauseOutcome[]>();
  const round = async (some: readonly Suspect[], whom: Whom): Promise<void> => {
    const errands = some.map((suspect): FaultErrand => {
      return { kind: 'fault', fault: suspect.id, trials: planTrials(suspect, clauses, base, whom) };
    });
    tell(`${errands.reduce((sum, { trials }) => sum + trials.length, 0)} trials of ${errands.length} faults.`);
    let done = 0;
    await conductor.perform(errands, (told) => {
      if (told.kind !== 'fault') return;
      outcomes.set(told.fault, [...(outcomes.get(told.fault) ?? []), ...told.outcomes]);
      done += 1;
      if (done % 100 === 0) tell(`${done} of ${errands.length} faults.`);
    });
  };
  await round(suspects, 'named');
  const alive = ({ id }: Suspect): boolean => !outcomes.get(id)?.some(({ killed }) => killed);
  if (against === 'all') await round(suspects, 'others');
  if (against === 'enough') await round(suspects.filter(alive), 'others');
  return outcomes;
}

type FaultErrand = Extract<Errand, { kind: 'fault' }>;

interface Matter {
  readonly clauses: readonly Clause[];
  readonly suspects: readonly Suspect[];
  readonly all: readonly Suspect[];
  readonly base: ReadonlyMap<string, readonly BaseCase[]>;
  readonly outcomes: ReadonlyMap<string, readonly ClauseOutcome[]>;
  readonly options: RefuteOptions;
}

function settle({ clauses, suspects, all, base, outcomes, options }: Matter): RefutationAccount {
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
  const wholeRound = options.faults.length === 0 && options.against !== 'named';
  return {
    clauses: clauses.length,
    faults: suspects.length,
    kills: [...kills.values()].reduce((sum, list) => sum + list.length, 0),
    refuted: clauses.filter(({ id }) => broken.has(id) && !missed.some(({ clause }) => clause === id)).length,
    killed: suspects.filter(({ id, equivalent }) => equivalent === undefined && kills.get(id)?.length).length,
    unsound: clauses.flatMap(({ id }) =>
      (base.get(id) ?? [])
        .filter(({ outcome }) => outcome.verdict !== 'pass' && outcome.verdict !== 'not-applicable')
        .map(({ outcome }) => ({ clause: outcome.case, why: `${outcome.verdict} ${outcome.reason ?? ''}`.trim() })),
    ),
    missed,
    unknown: pairs
      // On a cloud of the user's the faults of the embedded one are known, and not tried.
      .filter((pair) => fitting(pair, all).length === 0 && !faults.some(({ id }) => id === pair.name))
      .map(({ clause, name }) => ({ clause: clause.id, fault: name })),
    unrefuted: wholeRound ? clauses.filter(({ id }) => !broken.has(id)).map(({ id }) => id) : [],
    survivors: suspects
      .filter(() => options.against !== 'named')
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

function killsOf(
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

function chosen(globs: readonly string[], id: string): boolean {
  return globs.length === 0 || globs.some((glob) => matchesGlob(glob, id));
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
