/** Which pairs a mutation test runs, where some results are known, and which it reuses. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutantsInShard, runTrials, type TrialOptions } from '../../cli/mutation-test/mutation-test.ts';
import { derivedMutant, simulatorMutant, type Mutant } from '../../cli/mutation-test/plan-trials.ts';
import type { Known } from '../../cli/mutation-test/records/known.ts';
import type { Scheduler } from '../../cli/mutation-test/scheduler.ts';
import { openSimulatorMutationRun, type SimulatorMutationRun } from '../../cli/mutation-test/simulator-mutation-run.ts';
import type { TaskResult, WorkerTask } from '../../src/mutation/protocol.ts';
import { changedPaths, faults } from '../../targets/simulator/index.ts';

let mutationRun: SimulatorMutationRun;
let mutants: readonly Mutant[];
/** Those that the two faults change. */
let rules: readonly string[];
beforeAll(async () => {
  mutationRun = await openSimulatorMutationRun();
  const { behaviour } = mutationRun.simulator;
  mutants = faults.map((fault) => simulatorMutant(fault, behaviour));
  rules = faults.flatMap((fault) =>
    fault.kind === 'behaviour' && [drops, forgets].includes(fault.id)
      ? changedPaths(behaviour, fault.change(behaviour))
      : [],
  );
});
afterAll(() => mutationRun.close());

const drops = 'compute/attach-volume:null-field:tag';
const forgets = 'compute/attach-volume:ignore-member:body.tag';
const repeatsTag = 'compute/attach-volume#repeats-the-tag';
const keepsTag = 'compute/attach-volume#keeps-the-tag';
const responses = 'compute/attach-volume#answers-200';

/** All cases pass without a fault and read those rules; under a fault, the clauses of these pairs fail. */
function schedulerWith(kills: readonly string[]): { readonly scheduler: Scheduler; readonly tasks: WorkerTask[] } {
  const tasks: WorkerTask[] = [];
  const answer = (task: WorkerTask): TaskResult => {
    const { resource } = task;
    const requests = [`GET /for/${task.kind}`];
    if (task.kind === 'base') {
      const cases = task.cases.map((id) => {
        return { outcome: { case: id, verdict: 'pass', killed: false } as const, exchanges: [], rules };
      });
      return { kind: 'base', resource, requests, cases };
    }
    const outcomes = task.trials.map(({ clause, cases: [first = 'compute/none#none@2.1'] }) => {
      const killed = kills.includes(`${task.fault} ${clause}`);
      return { clause, killed, outcome: { case: first, verdict: killed ? 'fail' : 'pass', killed } as const };
    });
    return { kind: 'fault', resource, requests, fault: task.fault, outcomes };
  };
  const execute: Scheduler['execute'] = async (all, each) => {
    tasks.push(...all);
    const results = all.map(answer);
    for (const result of results) each?.(result);
    return results;
  };
  return { tasks, scheduler: { execute, threads: 2, close: async () => undefined } };
}

/** Results by `fault clause`; a clause with one is current. */
function knowing(results: Readonly<Record<string, 'killed' | 'survived'>>, kills: Known['kills'] = new Map()): Known {
  return {
    resultOf: ({ id }, clause) => results[`${id} ${clause.id}`],
    isCurrent: ({ id }) => Object.keys(results).some((pair) => pair.endsWith(` ${id}`)),
    kills,
    outdated: [],
  };
}

async function run(known: Known | undefined, options: Partial<TrialOptions> = {}, kills: readonly string[] = []) {
  const { scheduler, tasks } = schedulerWith(kills);
  const result = await runTrials(mutationRun, scheduler, mutants, {
    faults: [drops, forgets],
    clauses: [repeatsTag, keepsTag, responses],
    against: 'enough',
    progress: () => undefined,
    onTarget: false,
    known,
    ...options,
  });
  const pairs = tasks.flatMap((task) =>
    task.kind === 'fault' ? task.trials.map(({ clause }) => `${task.fault} ${clause}`) : [],
  );
  const passed = tasks.flatMap((task) => (task.kind === 'base' ? task.cases.map((id) => id.split('@')[0]) : []));
  return { result, pairs, passed: [...new Set(passed)].sort() };
}

const all = { [`${drops} ${repeatsTag}`]: 'killed', [`${forgets} ${keepsTag}`]: 'killed' } as const;
const recorded: Known['kills'] = new Map([
  [drops, [repeatsTag]],
  [forgets, [keepsTag]],
]);

test('without recorded results each fault is tried against its clauses, and against all others if it survives', async () => {
  const { result, pairs, passed } = await run(undefined, {}, [`${drops} ${repeatsTag}`, `${forgets} ${responses}`]);
  expect(pairs).toEqual([
    `${forgets} ${keepsTag}`,
    `${drops} ${repeatsTag}`,
    `${forgets} ${responses}`,
    `${forgets} ${repeatsTag}`,
  ]);
  expect(passed).toEqual([responses, keepsTag, repeatsTag]);
  expect(Object.fromEntries(result.kills)).toEqual({ [drops]: [repeatsTag], [forgets]: [responses] });
  expect([result.trials, result.reused]).toEqual([4, 0]);
});

test('where nothing has changed, nothing runs, and the recorded kills count', async () => {
  const { result, pairs, passed } = await run(knowing({ ...all, [`${drops} ${responses}`]: 'survived' }, recorded));
  expect([pairs, passed]).toEqual([[], []]);
  expect(Object.fromEntries(result.kills)).toEqual({ [drops]: [repeatsTag], [forgets]: [keepsTag] });
  expect([result.trials, result.reused]).toEqual([0, 2]);
  expect(result.report).toMatchObject({ killed: 2, survivors: [] });
});

test('a changed clause passes without a fault again, and only its pairs run', async () => {
  const known = knowing({ [`${drops} ${repeatsTag}`]: 'killed', [`${drops} ${responses}`]: 'survived' }, recorded);
  const { result, pairs, passed } = await run(known, {}, [`${forgets} ${keepsTag}`]);
  expect([pairs, passed]).toEqual([[`${forgets} ${keepsTag}`], [keepsTag]]);
  expect([result.trials, result.reused]).toEqual([1, 1]);
});

test('a changed clause that no fault is tried against passes without a fault again', async () => {
  const { pairs, passed } = await run(knowing(all, recorded));
  expect([pairs, passed]).toEqual([[], [responses]]);
});

test('a recorded kill of a clause that does not name the fault is repeated', async () => {
  const known = knowing(
    { [`${drops} ${repeatsTag}`]: 'survived', [`${drops} ${keepsTag}`]: 'survived' },
    new Map([[drops, [responses]]]),
  );
  const { pairs } = await run(known, { faults: [drops] }, [`${drops} ${responses}`]);
  expect(pairs).toEqual([`${drops} ${responses}`]);
});

test('a check tries a fault against all clauses only if it is not recorded', async () => {
  const known = knowing({}, new Map([[drops, [repeatsTag]]]));
  const { pairs, result } = await run(known, { against: 'recorded' });
  expect(pairs).toEqual([
    `${forgets} ${keepsTag}`,
    `${drops} ${repeatsTag}`,
    `${forgets} ${responses}`,
    `${forgets} ${repeatsTag}`,
  ]);
  expect(result.report.survivors.map(({ fault }) => fault)).toEqual([forgets, drops]);
});

test('each fault, and each clause without one, is in one of the shards', async () => {
  const shards = await Promise.all(
    [1, 2, 3].map((index) => run(undefined, { faults: [], against: 'named', shard: { index, total: 3 } })),
  );
  const whole = await run(undefined, { faults: [], against: 'named' });
  expect(shards.flatMap(({ pairs }) => pairs).sort()).toEqual([...whole.pairs].sort());
  expect(new Set(shards.flatMap(({ passed }) => passed))).toEqual(new Set(whole.passed));
  for (const { pairs, result } of shards) {
    expect(pairs.length).toBeLessThan(whole.pairs.length);
    expect(result.report.unproven).toEqual([]);
  }
});

test('derived faults of one kind and operation are in the same shard', () => {
  const derived = [...mutationRun.derived.values()].map((fault) => derivedMutant(fault, new Map()));
  const shards = [1, 2, 3, 4].map((index) => mutantsInShard(derived, { index, total: 4 }));
  const keys = shards.map(
    (some) => new Set(some.map(({ names, operation }) => `${names.join(' ')} ${operation ?? ''}`)),
  );
  expect(shards.flat().length).toBe(derived.length);
  expect(keys.reduce((sum, { size }) => sum + size, 0)).toBe(new Set(keys.flatMap((some) => [...some])).size);
  expect(Math.min(...keys.map(({ size }) => size))).toBeGreaterThan(10);
});

test('requests are collected by resource', async () => {
  const { result } = await run(undefined);
  expect(Object.fromEntries([...result.requests].map(([name, forms]) => [name, [...forms].sort()]))).toEqual({
    'compute/volume-attachments': ['GET /for/base', 'GET /for/fault'],
  });
});
