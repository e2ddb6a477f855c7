/** Runs a mutation test from its options to its report. */
import type { Clause } from '../../src/clauses/clause.ts';
import type { Recipe, Recipes } from '../../src/clauses/recipe.ts';
import type { DerivedFault } from '../../src/mutation/derived-fault.ts';
import { matchesGlob } from '../../src/planning/selection.ts';
import type { Shard } from '../../src/planning/shards.ts';
import type { MutationReport } from '../../src/records/mutation-test.ts';
import type { ClauseOutcome } from '../../src/mutation/protocol.ts';
import { faults } from '../../targets/simulator/index.ts';
import { recipesIn } from '../../suites/index.ts';
import { openClauses } from '../clauses/open-clauses.ts';
import { UsageError } from '../errors.ts';
import { localScheduler, openScheduler, type Scheduler } from './scheduler.ts';
import type { MutationRun } from './mutation-run.ts';
import { derivedMutant, isNamed, simulatorMutant, type Mutant } from './plan-trials.ts';
import type { Known } from './records/known.ts';
import type { ResourceName } from './records/record-file.ts';
import type { RequestForm } from './records/requests.ts';
import { openSimulatorMutationRun } from './simulator-mutation-run.ts';
import type { Kills, Subjects } from './subjects.ts';
import { killsOf, summarise } from './summarise.ts';
import { createTrialRunner } from './trial-runner.ts';

export interface MutationTestOptions {
  /** Globs; empty for all. */
  readonly faults: readonly string[];
  readonly clauses: readonly string[];
  /**
   * `named`: the clauses that name a fault; `enough`: also those that it broke before, and all others if none breaks;
   * `all`: all others too; `recorded`: like `enough`, but all others only for a fault that is not recorded.
   */
  readonly against: 'named' | 'enough' | 'all' | 'recorded';
  /** Only the faults of this shard. */
  readonly shard?: Shard | undefined;
  /** Receives the progress as sentences. */
  readonly progress: (line: string) => void;
}

export interface MutationTest {
  readonly report: MutationReport;
  readonly kills: Kills;
  readonly durationMs: number;
  /** Pairs of a clause and a fault that were run. */
  readonly trials: number;
  /** Recorded kills that were not repeated. */
  readonly reused: number;
  /** The requests that the clauses of each resource sent to the embedded cloud. */
  readonly requests: ReadonlyMap<ResourceName, ReadonlySet<RequestForm>>;
  readonly subjects: Subjects;
}

/**
 * Tests the embedded cloud: its own faults, and those derived from the contract.
 *
 * `recall` returns the recorded results that apply; without it, everything runs.
 * @throws UsageError when no clause or no fault is chosen.
 */
export async function testMutants(
  options: MutationTestOptions,
  recall?: (subjects: Subjects) => Promise<Known>,
): Promise<MutationTest> {
  const mutationRun = await openSimulatorMutationRun();
  const { contracts, clauses } = mutationRun;
  const named = new Set([...clauses.values()].flatMap(({ killedBy }) => killedBy));
  const own = faults
    .filter(({ id, generated }) => !generated || named.has(id))
    .map((fault) => simulatorMutant(fault, mutationRun.simulator.behaviour));
  const all = [...own, ...(await derivedMutants(mutationRun))];
  const scheduler = openScheduler();
  try {
    const known = await recall?.({ contracts, clauses: [...clauses.values()], mutants: all });
    return await runTrials(mutationRun, scheduler, all, { ...options, onTarget: false, known });
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
  const scheduler = localScheduler(mutationRun);
  return runTrials(mutationRun, scheduler, await derivedMutants(mutationRun), {
    ...options,
    onTarget: true,
    known: undefined,
  });
}

/** Reasons why the cloud of a mutation test never returns a code: no cloud does, or only another deployment. */
const unseenCodes: ReadonlySet<string> = new Set(['contradicted-by-erratum', 'left-open', 'needs-deployment']);

async function derivedMutants({ derived, contracts }: MutationRun): Promise<readonly Mutant[]> {
  const { untested } = (await openClauses({})).ledger;
  const neverReturned = new Map(
    untested.flatMap(({ kind, name, reason, why }) =>
      kind === 'code' && unseenCodes.has(reason) ? [[name, why] as const] : [],
    ),
  );
  const recipes: Recipes = Object.assign({}, ...contracts.map(recipesIn)) as Recipes;
  const isSeen = (fault: DerivedFault): boolean => canBeSeen(fault, recipes[fault.operation]);
  return [...derived.values()].filter(isSeen).map((fault) => derivedMutant(fault, neverReturned));
}

/** Not where the recipe declares that no request has a member, or none with a valid value, or no response shows it. */
function canBeSeen({ kind, about = '' }: DerivedFault, recipe: Recipe | undefined): boolean {
  const [place = ''] = about.split(' ');
  const { withheld = {}, outsideOnly = [], unshown = {} } = recipe ?? {};
  const isUnshown = Object.keys(unshown).some((pointer) => place === pointer || place.startsWith(`${pointer}/`));
  switch (kind) {
    case 'derived:refuses-member':
      return withheld[place] === undefined;
    case 'derived:tightens-keyword':
      return withheld[place] === undefined && !outsideOnly.includes(place);
    case 'derived:drops-member':
    case 'derived:renames-member':
    case 'derived:retypes-member':
    case 'derived:nulls-member':
    case 'derived:extra-member':
      return !isUnshown;
    default:
      return true;
  }
}

export interface TrialOptions extends MutationTestOptions {
  /** The target is a cloud of the user, which may have defects of its own. */
  readonly onTarget: boolean;
  readonly known: Known | undefined;
}

export async function runTrials(
  mutationRun: MutationRun,
  scheduler: Scheduler,
  all: readonly Mutant[],
  options: TrialOptions,
): Promise<MutationTest> {
  const startedAt = performance.now();
  const { shard, known, against, onTarget } = options;
  const everyClause = [...mutationRun.clauses.values()];
  const clauses = everyClause.filter(({ id }) => chosen(options.clauses, id));
  const mutants = mutantsInShard(
    all.filter(({ id }) => chosen(options.faults, id)),
    shard,
  );
  for (const [selected, option] of [
    [clauses, 'clause'],
    [mutants, 'fault'],
  ] as const) {
    // An empty mutation test would count as proven.
    if (selected.length === 0) throw new UsageError(`No ${option} matches --${option}.`);
  }
  const runner = createTrialRunner(mutationRun, scheduler, options.progress);
  const byId = new Map<string, Clause>(clauses.map((clause) => [clause.id, clause]));
  const recordedFor = ({ id }: Mutant): readonly Clause[] =>
    (known?.kills.get(id) ?? []).flatMap((one) => byId.get(one) ?? []);
  const namedFor = clausesByMutant(clauses);
  const outcomes = new Map<string, readonly ClauseOutcome[]>(
    mutants.map((mutant) => {
      const reused = recordedFor(mutant).filter((clause) => known?.resultOf(mutant, clause) === 'killed');
      return [mutant.id, reused.map(reusedOutcome)];
    }),
  );
  const reused = sizeOf(outcomes);
  const run = async (some: readonly Mutant[], clausesFor: (mutant: Mutant) => readonly Clause[]): Promise<void> => {
    const pairs = some.map((mutant) => {
      return { mutant, clauses: clausesFor(mutant).filter((clause) => known?.resultOf(mutant, clause) === undefined) };
    });
    for (const [id, found] of await runner.under(pairs)) outcomes.set(id, [...(outcomes.get(id) ?? []), ...found]);
  };
  // A changed clause has to pass without a fault, whatever names it.
  await runner.pass(inShard(clauses, shard).filter((clause) => !known?.isCurrent(clause)));
  await run(mutants, namedFor);
  if (against !== 'named') {
    await run(mutants, (mutant) => recordedFor(mutant).filter((clause) => !isNamed(mutant, clause)));
    const left = mutants.filter(({ id }) => {
      if (against === 'all') return true;
      const isKilled = outcomes.get(id)?.some(({ killed }) => killed) === true;
      return !isKilled && !(against === 'recorded' && known?.kills.has(id));
    });
    await run(left, (mutant) => {
      const tried = new Set(outcomes.get(mutant.id)?.map(({ clause }) => clause));
      return clauses.filter((clause) => !tried.has(clause.id) && !isNamed(mutant, clause));
    });
  }
  for (const mutant of mutants.filter(({ equivalent }) => equivalent !== undefined)) {
    const tried = outcomes.get(mutant.id) ?? [];
    const failed = new Set(tried.flatMap(({ clause, killed }) => (killed ? [clause] : [])));
    if (failed.size === 0) continue;
    // Alone: a case beside it may have been the reason.
    const again = await runner.under([{ mutant, clauses: clauses.filter(({ id }) => failed.has(id)) }]);
    const others = tried.filter(({ clause }) => !failed.has(clause));
    outcomes.set(mutant.id, [...others, ...(again.get(mutant.id) ?? [])]);
  }
  const report = summarise({
    clauses,
    mutants,
    all,
    base: runner.base,
    outcomes,
    namedOnly: against === 'named',
    everyFault: options.faults.length === 0 && shard === undefined,
    onTarget,
  });
  return {
    report,
    kills: killsOf(outcomes, clauses),
    durationMs: performance.now() - startedAt,
    trials: runner.trials(),
    reused,
    requests: runner.requests,
    subjects: { contracts: mutationRun.contracts, clauses: everyClause, mutants: all },
  };
}

/** The clauses that name a fault, found by its names. */
function clausesByMutant(clauses: readonly Clause[]): (mutant: Mutant) => readonly Clause[] {
  const byName = new Map<string, Clause[]>();
  for (const clause of clauses) {
    for (const name of new Set(clause.killedBy)) byName.set(name, [...(byName.get(name) ?? []), clause]);
  }
  return (mutant) => {
    const found = new Set(mutant.names.flatMap((name) => byName.get(name) ?? []));
    return [...found].filter((clause) => isNamed(mutant, clause));
  };
}

/** A recorded kill that is not repeated, as an outcome. */
function reusedOutcome({ id }: Clause): ClauseOutcome {
  return { clause: id, killed: true, outcome: { case: `${id}@recorded`, verdict: 'fail', killed: true } };
}

function sizeOf(outcomes: ReadonlyMap<string, readonly ClauseOutcome[]>): number {
  return [...outcomes.values()].reduce((sum, list) => sum + list.length, 0);
}

/** Derived faults of one kind and operation stay together: a clause that names the kind falls to at least one of them. */
export function mutantsInShard(mutants: readonly Mutant[], shard: Shard | undefined): readonly Mutant[] {
  const keyOf = ({ names, operation }: Mutant): string => [...names, operation ?? ''].join(' ');
  const keys = new Set(inShard([...new Set(mutants.map(keyOf))], shard));
  return mutants.filter((mutant) => keys.has(keyOf(mutant)));
}

function inShard<T>(items: readonly T[], shard: Shard | undefined): readonly T[] {
  return shard ? items.filter((_, index) => index % shard.total === shard.index - 1) : items;
}

function chosen(globs: readonly string[], id: string): boolean {
  return globs.length === 0 || globs.some((glob) => matchesGlob(glob, id));
}
