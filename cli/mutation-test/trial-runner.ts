/** Runs clauses without a fault and under faults, and collects what the embedded cloud was asked for. */
import type { Clause } from '../../src/clauses/clause.ts';
import { groupBy } from '../../src/group-by.ts';
import { planCases, type CaseId } from '../../src/planning/plan-cases.ts';
import { everything } from '../../src/planning/selection.ts';
import type { BaseCase, ClauseOutcome, TaskResult, Trial, WorkerTask } from '../../src/mutation/protocol.ts';
import type { OperationId } from '../../src/contract/model.ts';
import type { MutationRun } from './mutation-run.ts';
import { planTrials, type Mutant } from './plan-trials.ts';
import type { ResourceName } from './records/record-file.ts';
import type { RequestForm } from './records/requests.ts';
import { resourceOf } from './records/resources.ts';
import type { Scheduler } from './scheduler.ts';

/** A fault, and clauses to try it against. */
export interface FaultPairs {
  readonly mutant: Mutant;
  readonly clauses: readonly Clause[];
}

export interface TrialRunner {
  /** Runs these clauses without a fault, unless that was done. */
  readonly pass: (clauses: readonly Clause[]) => Promise<void>;
  /** Runs clauses under each fault, as far as they pass without it; outcomes by fault. */
  readonly under: (pairs: readonly FaultPairs[]) => Promise<ReadonlyMap<string, readonly ClauseOutcome[]>>;
  readonly base: ReadonlyMap<string, readonly BaseCase[]>;
  readonly requests: ReadonlyMap<ResourceName, ReadonlySet<RequestForm>>;
  readonly trials: () => number;
}

type FaultTask = Extract<WorkerTask, { kind: 'fault' }>;

export function createTrialRunner(
  mutationRun: MutationRun,
  scheduler: Scheduler,
  progress: (line: string) => void,
): TrialRunner {
  const base = new Map<string, readonly BaseCase[]>();
  const requests = new Map<ResourceName, Set<RequestForm>>();
  let trials = 0;
  const execute = async (
    tasks: readonly WorkerTask[],
    each?: (result: TaskResult) => void,
  ): Promise<readonly TaskResult[]> => {
    const results = await scheduler.execute(tasks, each);
    for (const { resource, requests: sent } of results) {
      requests.set(resource, new Set([...(requests.get(resource) ?? []), ...(sent as readonly RequestForm[])]));
    }
    return results;
  };
  const pass: TrialRunner['pass'] = async (clauses) => {
    const open = clauses.filter(({ id }) => !base.has(id));
    if (open.length === 0) return;
    const startedAt = performance.now();
    const cases = planCases(open, mutationRun.contracts, mutationRun.target, everything)
      .filter(({ decided }) => !decided)
      .map(({ id }) => id);
    for (const { id } of open) base.set(id, []);
    const tasks = baseTasks(cases, scheduler.threads);
    const seen = new Map<CaseId, BaseCase>();
    for (const result of await execute(tasks)) {
      if (result.kind === 'base') for (const one of result.cases) seen.set(one.outcome.case, one);
    }
    for (const [id, own] of groupBy(cases, clauseOf))
      base.set(
        id,
        own.flatMap((one) => seen.get(one) ?? []),
      );
    const took = ((performance.now() - startedAt) / 1000).toFixed(1);
    progress(`${open.length} clauses, ${cases.length} cases without faults: ${took} s.`);
  };
  const under: TrialRunner['under'] = async (pairs) => {
    await pass([...new Set(pairs.flatMap(({ clauses }) => clauses))]);
    const outcomes = new Map<string, readonly ClauseOutcome[]>();
    const tasks = pairs.flatMap(({ mutant, clauses }) => tasksOf(mutant, planTrials(mutant, clauses, base)));
    const count = tasks.reduce((sum, task) => sum + task.trials.length, 0);
    if (count === 0) return outcomes;
    trials += count;
    progress(`${count} trials of ${new Set(tasks.map(({ fault }) => fault)).size} faults.`);
    let done = 0;
    await execute(tasks, (result) => {
      if (result.kind !== 'fault') return;
      outcomes.set(result.fault, [...(outcomes.get(result.fault) ?? []), ...result.outcomes]);
      done += 1;
      if (done % 100 === 0) progress(`${done} of ${tasks.length} tasks.`);
    });
    return outcomes;
  };
  return { pass, under, base, requests, trials: () => trials };
}

/** A share for each thread; the cases of a task are of one resource. */
function baseTasks(cases: readonly CaseId[], threads: number): readonly WorkerTask[] {
  return [...groupBy(cases, resourceOfCase)].flatMap(([resource, own]) => {
    const share = Math.ceil(own.length / threads);
    return Array.from({ length: Math.ceil(own.length / share) }, (_, index): WorkerTask => {
      return { kind: 'base', resource, cases: own.slice(index * share, (index + 1) * share) };
    });
  });
}

function tasksOf({ id }: Mutant, trials: readonly Trial[]): readonly FaultTask[] {
  return [...groupBy(trials, ({ clause }) => resourceOfCase(clause))].map(([resource, own]) => {
    return { kind: 'fault', resource, fault: id, trials: own };
  });
}

function clauseOf(id: string): string {
  return id.split('@')[0] ?? '';
}

/** Of a case or a clause. */
function resourceOfCase(id: string): ResourceName {
  return resourceOf(id.split('#')[0] as OperationId);
}
