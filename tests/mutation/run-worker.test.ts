/** How a worker of a mutation test runs its tasks, on the embedded cloud without defects. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localScheduler } from '../../cli/mutation-test/scheduler.ts';
import { execute } from '../../cli/mutation-test/run-worker.ts';
import {
  derivedMutant,
  isNamed,
  planTrials,
  simulatorMutant,
  type Mutant,
} from '../../cli/mutation-test/plan-trials.ts';
import { openSimulatorMutationRun, type SimulatorMutationRun } from '../../cli/mutation-test/simulator-mutation-run.ts';
import { timeouts } from '../../src/execution/timeouts.ts';
import type { CaseId } from '../../src/planning/plan-cases.ts';
import type { BaseCase, Trial } from '../../src/mutation/protocol.ts';
import { faults } from '../../targets/simulator/index.ts';
import { faultOf } from './own-faults.ts';

let mutationRun: SimulatorMutationRun;
beforeAll(async () => {
  mutationRun = await openSimulatorMutationRun();
});
afterAll(async () => {
  expect(mutationRun.simulator.internalErrors).toEqual([]);
  await mutationRun.close();
});

const resource = 'compute/volume-attachments';
const repeatsTag = 'compute/attach-volume#repeats-the-tag';
const hasTag = 'compute/show-volume-attachment#reply-has-tag';
const at = (clause: string, version: string) => `${clause}@${version}` as CaseId;
const dropsTag = 'derived:drops-member:compute/show-volume-attachment:/volumeAttachment/tag:2.70-2.78';

test('the budgets of a target that takes no time are short', () => {
  expect(timeouts).toMatchObject({ case: 20_000, server: 1_500, volume: 1_500, attachment: 1_500 });
  expect(timeouts.poll.first).toBeLessThan(timeouts.poll.most);
});

async function base(...cases: readonly CaseId[]): Promise<readonly BaseCase[]> {
  const result = await execute(mutationRun, { kind: 'base', resource, cases });
  if (result.kind !== 'base') throw new Error(`Unexpected result ${result.kind}`);
  return result.cases;
}

async function under(fault: string, ...trials: readonly Trial[]) {
  const result = await execute(mutationRun, { kind: 'fault', resource, fault, trials });
  if (result.kind !== 'fault') throw new Error(`Unexpected result ${result.kind}`);
  return result.outcomes;
}

test('without a fault clauses hold, and what they looked at is told', async () => {
  const [one] = await base(at(repeatsTag, '2.79'));
  expect(one?.outcome).toEqual({ case: at(repeatsTag, '2.79'), verdict: 'pass', killed: false });
  expect(one?.exchanges.map(({ operation }) => operation)).toContain('compute/attach-volume');
  expect(one?.rules).toContain('compute.endpoints.compute/attach-volume.checks');
});

const trials: readonly (readonly [fault: string, clause: string, version: string, killed: boolean])[] = [
  ['compute/attach-volume:null-field:tag', repeatsTag, '2.79', true],
  ['compute/attach-volume:null-field:tag', hasTag, '2.70', false],
  [dropsTag, hasTag, '2.70', true],
  [dropsTag, hasTag, '2.79', false],
  [dropsTag, repeatsTag, '2.79', false],
];

test.each(trials)('under %s the clause %s at %s is killed: %s', async (fault, clause, version, killed) => {
  const [outcome] = await under(fault, { clause, cases: [at(clause, version)] });
  expect(outcome).toMatchObject({ clause, killed, outcome: { killed, verdict: killed ? 'fail' : 'pass' } });
});

test('the cases of a clause are tried until one is killed', async () => {
  const cases = ['2.79', '2.70', '2.89'].map((version) => at(hasTag, version));
  const [outcome] = await under(dropsTag, { clause: hasTag, cases });
  expect(outcome?.outcome.case).toBe(at(hasTag, '2.70'));
  const [last] = await under(dropsTag, { clause: hasTag, cases: cases.filter((id) => !id.endsWith('2.70')) });
  expect(last?.outcome).toMatchObject({ case: at(hasTag, '2.89'), killed: false });
});

test('a conductor tells in the order of the errands, and of a clause that is none', async () => {
  const heard: string[] = [];
  const { execute: all } = localScheduler(mutationRun);
  const told = await all(
    [
      { kind: 'fault', resource, fault: dropsTag, trials: [{ clause: hasTag, cases: [at(hasTag, '2.70')] }] },
      { kind: 'base', resource, cases: [at(hasTag, '2.70')] },
    ],
    ({ kind }) => heard.push(kind),
  );
  expect([told.map(({ kind }) => kind), heard]).toEqual([
    ['fault', 'base'],
    ['fault', 'base'],
  ]);
  await expect(all([{ kind: 'base', resource, cases: ['compute/none#none@2.1'] }])).rejects.toThrow(
    'No clause has the id compute/none#none',
  );
});

/** Which of the two clauses a fault is tried against, by what was seen of them without it. */
const plans: readonly (readonly [string, 'named' | 'others', readonly string[]])[] = [
  ['compute/attach-volume:null-field:tag', 'named', [repeatsTag]],
  ['compute/attach-volume:null-field:tag', 'others', []],
  ['compute/attach-volume:drop-check:lock', 'others', [repeatsTag]],
  ['compute:hides-version', 'others', [repeatsTag, hasTag]],
  [dropsTag, 'named', [hasTag]],
  [dropsTag, 'others', []],
  ['derived:accepts-any-token:compute/show-volume-attachment:2.1-', 'named', []],
  [
    'derived:member-early-or-late:compute/show-volume-attachment:/volumeAttachment/delete_on_termination:2.70-2.78',
    'others',
    [hasTag],
  ],
];

test.each(plans)('%s goes against the %s clauses that it can touch', async (id, whom, expected) => {
  const seen = new Map([
    [repeatsTag, await base(at(repeatsTag, '2.79'))],
    [hasTag, await base(at(hasTag, '2.70'), at(hasTag, '2.89'))],
  ]);
  const clauses = [repeatsTag, hasTag].flatMap((name) => mutationRun.clauses.get(name) ?? []);
  const tried = clauses.filter((clause) => isNamed(mutant(id), clause) === (whom === 'named'));
  const planned = planTrials(mutant(id), tried, seen);
  expect(planned.map(({ clause }) => clause)).toEqual(expected);
  // An exact fault is tried only where it acts.
  if (id.startsWith('derived:')) expect(planned.flatMap(({ cases }) => cases)).not.toContain(at(hasTag, '2.89'));
});

function mutant(id: string): Mutant {
  const own = faults.find((fault) => fault.id === id);
  if (own) return simulatorMutant(own, mutationRun.simulator.behaviour);
  return derivedMutant(faultOf(id.replace('derived:', '')), new Map());
}

test('a code that no service gives makes its faults equivalent', () => {
  const fault = faultOf('status-neighbour:compute/update-volume-attachment:409 as 400:2.85-');
  const why = new Map([['compute/update-volume-attachment 409', 'The code belongs to the swap.']]);
  expect(derivedMutant(fault, why).equivalent).toBe('The code belongs to the swap.');
  expect(derivedMutant(fault, new Map()).equivalent).toBeUndefined();
});
