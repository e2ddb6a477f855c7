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
import { killsOf, settle } from './settle.ts';
import { derivedSuspect, planTrials, simulatorSuspect, type Suspect, type Whom } from './plan-trials.ts';

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
    return await holdTrials(lab, conductor, [...own, ...derivedSuspects(lab)], { ...options, onTarget: false });
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
  return holdTrials(lab, localConductor(lab), derivedSuspects(lab), { ...options, onTarget: true });
}

function derivedSuspects({ derived, recognise }: Lab): readonly Suspect[] {
  const { untested } = openAccount({}).ledger;
  const unanswered = new Map(
    untested.flatMap(({ kind, name, reason, why }) =>
      kind === 'code' && reason === 'contradicted-by-erratum' ? [[name, why] as const] : [],
    ),
  );
  return [...derived.values()].map((fault) => derivedSuspect(fault, recognise, unanswered));
}

interface RoundOptions extends RefuteOptions {
  /** A cloud of the user's, which may have defects of its own. */
  readonly onTarget: boolean;
}

async function holdTrials(
  lab: Lab,
  conductor: Conductor,
  all: readonly Suspect[],
  options: RoundOptions,
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
  const namedOnly = options.against === 'named';
  const everyFault = options.faults.length === 0;
  const { onTarget } = options;
  const account = settle({ clauses, suspects, all, base, outcomes, namedOnly, everyFault, onTarget });
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

function chosen(globs: readonly string[], id: string): boolean {
  return globs.length === 0 || globs.some((glob) => matchesGlob(glob, id));
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
