/** Runs one task of a mutation test: cases without a fault, or clauses under one fault. */
import { inParallel } from '../../src/execution/in-parallel.ts';
import type { CaseId, PlannedCase } from '../../src/planning/plan-cases.ts';
import { runCase, type CaseResult } from '../../src/execution/run-case.ts';
import type { RunContext } from '../../src/execution/run-context.ts';
import { microversion } from '../../src/microversion.ts';
import type { BaseCase, ClauseOutcome, TaskResult, WorkerTask, Trial } from '../../src/mutation/protocol.ts';
import { faultHeader } from '../../src/mutation/tampered.ts';
import { judgeTrial, type Outcome } from '../../src/mutation/trial.ts';
import { faultsHeader, traceHeader, type Simulator } from '../../targets/simulator/index.ts';
import type { MutationRun, OpenRunContext } from './mutation-run.ts';
import { requestForms, type RequestForm } from './records/requests.ts';

/** `simulator`: given where the target is one, which records the rules that it applied. */
export type TracedMutationRun = MutationRun & { readonly simulator?: Simulator };

const casesAtOnce = 8;

export async function execute(mutationRun: TracedMutationRun, task: WorkerTask): Promise<TaskResult> {
  // What earlier tasks have left only costs time: lists get longer.
  mutationRun.simulator?.reset();
  const { resource } = task;
  const requests = (): readonly RequestForm[] => requestForms(mutationRun.simulator?.takeRequests() ?? []);
  if (task.kind === 'base') {
    const cases = await runBase(mutationRun, task.cases);
    return { kind: 'base', resource, cases, requests: requests() };
  }
  const { fault, trials } = task;
  const outcomes = await runUnder(mutationRun, fault, trials);
  return { kind: 'fault', resource, fault, outcomes, requests: requests() };
}

async function runBase(mutationRun: TracedMutationRun, cases: readonly CaseId[]): Promise<readonly BaseCase[]> {
  const { run, close } = mutationRun.open({ judgedHeaders: {} });
  const results: BaseCase[] = [];
  await inParallel(cases, casesAtOnce, async (id) => {
    const traced = mutationRun.simulator ? { ...run, judgedHeaders: { [traceHeader]: id } } : run;
    results.push(toBaseCase(await decide(mutationRun, traced, id), mutationRun));
  });
  await close();
  return results;
}

function toBaseCase(result: CaseResult, { recognise, simulator }: TracedMutationRun): BaseCase {
  const judged = result.exchanges.filter(({ purpose }) => purpose === 'act' || purpose === 'observation');
  // A shared request was traced under the name of the case that sent it.
  const names = new Set(judged.flatMap(({ request }) => request.headers.filter(([name]) => name === traceHeader)));
  const rules = new Set([...names].flatMap(([, name]) => [...(simulator?.traces.get(name) ?? [])]));
  const exchanges = judged.map(({ request, response, operation }) => {
    const call = recognise(request, operation);
    return { ...(call && { call }), ...(response && { response }), ...(operation && { operation }) };
  });
  return { outcome: judgeTrial(result, false), exchanges, rules: [...rules] };
}

async function runUnder(
  mutationRun: TracedMutationRun,
  faultId: string,
  trials: readonly Trial[],
): Promise<readonly ClauseOutcome[]> {
  const fault = mutationRun.derived.get(faultId);
  const judgedHeaders = { [fault ? faultHeader : faultsHeader]: faultId };
  const open = (): OpenRunContext => mutationRun.open({ judgedHeaders, ...(fault ? { fault } : {}) });
  // A derived fault marks what it changes. Any other may affect another clause, so that each clause has its own
  // context.
  const shared = fault ? open() : undefined;
  const outcomes: ClauseOutcome[] = [];
  await inParallel(trials, casesAtOnce, async ({ clause, cases }) => {
    let last: ClauseOutcome | undefined;
    const attempt = async (id: CaseId): Promise<Outcome> => {
      const { run, close } = shared ?? open();
      const outcome = judgeTrial(await decide(mutationRun, run, id), fault !== undefined);
      if (!shared) await close();
      return outcome;
    };
    for (const id of cases) {
      const first = await attempt(id);
      // A timeout may have another cause, so that it has to occur twice.
      const outcome = first.waitedOnly ? await attempt(id) : first;
      last = { clause, killed: outcome.killed, outcome };
      if (outcome.killed) break;
    }
    if (last) outcomes.push(last);
  });
  await shared?.close();
  // An internal error of the simulator says nothing about the fault.
  const [broken] = mutationRun.simulator?.internalErrors ?? [];
  if (broken !== undefined)
    throw new Error(`The embedded cloud failed under ${faultId}: ${broken instanceof Error ? broken.message : '?'}`);
  return outcomes;
}

function decide(mutationRun: MutationRun, run: RunContext, id: CaseId): Promise<CaseResult> {
  const [clauseId = '', version = ''] = id.split('@');
  const clause = mutationRun.clauses.get(clauseId);
  if (!clause) throw new Error(`No clause has the id ${clauseId}`);
  const planned: PlannedCase = { id, clause: clause.id, microversion: microversion(version) };
  return runCase(run, clause, planned);
}
