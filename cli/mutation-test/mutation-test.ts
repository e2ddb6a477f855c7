/** Runs a mutation test from its options to its report. */
import type { Clause } from '../../src/clauses/clause.ts';
import { planCases, type CaseId } from '../../src/planning/plan-cases.ts';
import { everything, matchesGlob } from '../../src/planning/selection.ts';
import type { MutationReport } from '../../src/mutation/account.ts';
import type { BaseCase, ClauseOutcome, WorkerTask } from '../../src/mutation/protocol.ts';
import { faults } from '../../targets/simulator/index.ts';
import { openAccount } from '../clauses/open-account.ts';
import { UsageError } from '../errors.ts';
import { localScheduler, openScheduler, type Scheduler } from './scheduler.ts';
import type { MutationRun } from './mutation-run.ts';
import { openSimulatorMutationRun } from './simulator-mutation-run.ts';
import { killsOf, summarise } from './summarise.ts';
import { derivedMutant, planTrials, simulatorMutant, type Mutant, type ClauseGroup } from './plan-trials.ts';

export interface MutationTestOptions {
  /** Globs; empty for all. */
  readonly faults: readonly string[];
  readonly clauses: readonly string[];
  /**
   * `named`: the clauses that name a fault; `enough`: all others too, if none of those breaks; `all`: all others too;
   * otherwise the kills of an earlier mutation test: the clauses that each fault broke, and all others only for a fault
   * that it does not have.
   */
  readonly against: 'named' | 'enough' | 'all' | Kills;
  /** Receives the progress as sentences. */
  readonly progress: (line: string) => void;
}

/** The clauses that each fault broke, by fault id, in order. */
export type Kills = ReadonlyMap<string, readonly string[]>;

export interface MutationTest {
  readonly account: MutationReport;
  readonly kills: Kills;
  readonly durationMs: number;
}

/**
 * Tests the embedded cloud: its own faults, and those derived from the contract.
 * @throws UsageError when no clause or no fault is chosen.
 */
export async function testMutants(options: MutationTestOptions): Promise<MutationTest> {
  const mutationRun = await openSimulatorMutationRun();
  const scheduler = await openScheduler();
  try {
    const named = new Set([...mutationRun.clauses.values()].flatMap(({ killedBy }) => killedBy));
    const chosenFaults = faults.filter(({ id, generated }) => !generated || named.has(id));
    const own = chosenFaults.map((fault) => simulatorMutant(fault, mutationRun.simulator.behaviour));
    return await runTrials(mutationRun, scheduler, [...own, ...derivedMutants(mutationRun)], {
      ...options,
      onTarget: false,
    });
  } finally {
    await scheduler.close();
    await mutationRun.close();
  }
}

/**
 * Tests a cloud of the user: the faults derived from the contract, applied to its responses.
 * @throws UsageError when no clause or no fault is chosen.
 */
export async function mutationTestOnTarget(
  mutationRun: MutationRun,
  options: MutationTestOptions,
): Promise<MutationTest> {
  return runTrials(mutationRun, localScheduler(mutationRun), derivedMutants(mutationRun), {
    ...options,
    onTarget: true,
  });
}

function derivedMutants({ derived }: MutationRun): readonly Mutant[] {
  const { untested } = openAccount({}).ledger;
  const neverReturned = new Map(
    untested.flatMap(({ kind, name, reason, why }) =>
      kind === 'code' && reason === 'contradicted-by-erratum' ? [[name, why] as const] : [],
    ),
  );
  return [...derived.values()].map((fault) => derivedMutant(fault, neverReturned));
}

interface TrialOptions extends MutationTestOptions {
  /** The target is a cloud of the user, which may have defects of its own. */
  readonly onTarget: boolean;
}

async function runTrials(
  mutationRun: MutationRun,
  scheduler: Scheduler,
  all: readonly Mutant[],
  options: TrialOptions,
): Promise<MutationTest> {
  const startedAt = performance.now();
  const clauses = [...mutationRun.clauses.values()].filter(({ id }) => chosen(options.clauses, id));
  const mutants = all.filter(({ id }) => chosen(options.faults, id));
  for (const [selected, option] of [
    [clauses, 'clause'],
    [mutants, 'fault'],
  ] as const) {
    // An empty mutation test would count as proven.
    if (selected.length === 0) throw new UsageError(`No ${option} matches --${option}.`);
  }
  const planned = planCases(clauses, mutationRun.contract, mutationRun.target, everything).filter(
    ({ decided }) => !decided,
  );
  options.progress(`${clauses.length} clauses, ${planned.length} cases, ${mutants.length} faults.`);
  const cases = planned.map(({ id }) => id);
  const base = await runBase(scheduler, cases, options);
  const outcomes = await runFaults(scheduler, mutants, clauses, base, options);
  const namedOnly = options.against === 'named';
  const everyFault = options.faults.length === 0;
  const { onTarget } = options;
  const account = summarise({ clauses, mutants, all, base, outcomes, namedOnly, everyFault, onTarget });
  return { account, kills: killsOf(outcomes, clauses), durationMs: performance.now() - startedAt };
}

async function runBase(
  scheduler: Scheduler,
  cases: readonly CaseId[],
  { progress }: MutationTestOptions,
): Promise<ReadonlyMap<string, readonly BaseCase[]>> {
  const startedAt = performance.now();
  const share = Math.ceil(cases.length / scheduler.threads);
  const tasks = Array.from({ length: Math.ceil(cases.length / share) }, (_, index): WorkerTask => ({
    kind: 'base',
    cases: cases.slice(index * share, (index + 1) * share),
  }));
  const results = await scheduler.execute(tasks);
  const byClause = new Map<string, BaseCase[]>();
  for (const one of results.flatMap((result) => (result.kind === 'base' ? result.cases : []))) {
    const clause = one.outcome.case.split('@')[0] ?? '';
    byClause.set(clause, [...(byClause.get(clause) ?? []), one]);
  }
  const order = new Map(cases.map((id, index) => [id, index]));
  for (const list of byClause.values()) {
    list.sort((a, b) => (order.get(a.outcome.case) ?? 0) - (order.get(b.outcome.case) ?? 0));
  }
  progress(`Without faults: ${seconds(performance.now() - startedAt)}.`);
  return byClause;
}

async function runFaults(
  scheduler: Scheduler,
  mutants: readonly Mutant[],
  clauses: readonly Clause[],
  base: ReadonlyMap<string, readonly BaseCase[]>,
  { against, progress }: MutationTestOptions,
): Promise<ReadonlyMap<string, readonly ClauseOutcome[]>> {
  const outcomes = new Map<string, readonly ClauseOutcome[]>();
  const runTasks = async (some: readonly Mutant[], group: ClauseGroup): Promise<void> => {
    const tasks = some.map((mutant): FaultTask => {
      return { kind: 'fault', fault: mutant.id, trials: planTrials(mutant, clauses, base, group) };
    });
    progress(`${tasks.reduce((sum, { trials }) => sum + trials.length, 0)} trials of ${tasks.length} faults.`);
    let done = 0;
    await scheduler.execute(tasks, (result) => {
      if (result.kind !== 'fault') return;
      outcomes.set(result.fault, [...(outcomes.get(result.fault) ?? []), ...result.outcomes]);
      done += 1;
      if (done % 100 === 0) progress(`${done} of ${tasks.length} faults.`);
    });
  };
  await runTasks(mutants, { is: 'named' });
  if (against === 'named') return outcomes;
  const survived = ({ id }: Mutant): boolean => !outcomes.get(id)?.some(({ killed }) => killed);
  const chosen = against === 'all' ? mutants : mutants.filter(survived);
  const includes = (clause: Clause, { id }: Mutant): boolean =>
    typeof against === 'string' || (against.get(id)?.includes(clause.id) ?? true);
  await runTasks(chosen, { is: 'others', includes });
  return outcomes;
}

type FaultTask = Extract<WorkerTask, { kind: 'fault' }>;

function chosen(globs: readonly string[], id: string): boolean {
  return globs.length === 0 || globs.some((glob) => matchesGlob(glob, id));
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
