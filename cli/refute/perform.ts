/** Runs cases as an errand of a refutation says: all of them without a fault, or each clause under one. */
import { inParallel } from '../../src/conformance/in-parallel.ts';
import type { CaseId, PlannedCase } from '../../src/conformance/plan-cases.ts';
import { runCase, type CaseResult } from '../../src/conformance/run-case.ts';
import type { World } from '../../src/conformance/world.ts';
import { microversion } from '../../src/microversion.ts';
import type { BaseCase, ClauseOutcome, Errand, Told, Trial } from '../../src/refutation/protocol.ts';
import { faultHeader } from '../../src/refutation/tampered.ts';
import { judgeTrial, type Outcome } from '../../src/refutation/trial.ts';
import { faultsHeader, traceHeader, type Simulator } from '../../targets/simulator/index.ts';
import type { Lab, OpenWorld } from './lab.ts';

/** `simulator`: where the target is one that tells which rules it looked at. */
export type LabWithRules = Lab & { readonly simulator?: Simulator };

const casesAtOnce = 8;

export async function perform(lab: LabWithRules, errand: Errand): Promise<Told> {
  return errand.kind === 'base'
    ? { kind: 'base', cases: await runBase(lab, errand.cases) }
    : { kind: 'fault', fault: errand.fault, outcomes: await runUnder(lab, errand.fault, errand.trials) };
}

async function runBase(lab: LabWithRules, cases: readonly CaseId[]): Promise<readonly BaseCase[]> {
  const { world, close } = lab.world({ judgedHeaders: {} });
  const results: BaseCase[] = [];
  await inParallel(cases, casesAtOnce, async (id) => {
    const traced = lab.simulator ? { ...world, judgedHeaders: { [traceHeader]: id } } : world;
    results.push(toBaseCase(await decide(lab, traced, id), lab.simulator));
  });
  await close();
  return results;
}

function toBaseCase(result: CaseResult, simulator: Simulator | undefined): BaseCase {
  const judged = result.exchanges.filter(({ purpose }) => purpose === 'act' || purpose === 'observation');
  // A shared act was traced under the name of the case that performed it.
  const names = new Set(judged.flatMap(({ request }) => request.headers.filter(([name]) => name === traceHeader)));
  const rules = new Set([...names].flatMap(([, name]) => [...(simulator?.traces.get(name) ?? [])]));
  const exchanges = judged.map(({ request, response, operation }) => ({
    request,
    ...(response ? { response } : {}),
    ...(operation ? { operation } : {}),
  }));
  return { outcome: judgeTrial(result, false), exchanges, rules: [...rules] };
}

async function runUnder(
  lab: LabWithRules,
  faultId: string,
  trials: readonly Trial[],
): Promise<readonly ClauseOutcome[]> {
  const fault = lab.derived.get(faultId);
  const judgedHeaders = { [fault ? faultHeader : faultsHeader]: faultId };
  const open = (): OpenWorld => lab.world({ judgedHeaders, ...(fault ? { fault } : {}) });
  // What a derived fault has changed is marked; any other may spoil the scene of another clause, so that each has its own.
  const shared = fault ? open() : undefined;
  const outcomes: ClauseOutcome[] = [];
  await inParallel(trials, casesAtOnce, async ({ clause, cases }) => {
    let last: ClauseOutcome | undefined;
    const attempt = async (id: CaseId): Promise<Outcome> => {
      const { world, close } = shared ?? open();
      const outcome = judgeTrial(await decide(lab, world, id), fault !== undefined);
      if (!shared) await close();
      return outcome;
    };
    for (const id of cases) {
      const first = await attempt(id);
      // What did not come in time may have been late for another cause: it has to stay away twice.
      const outcome = first.waitedOnly ? await attempt(id) : first;
      last = { clause, killed: outcome.killed, outcome };
      if (outcome.killed) break;
    }
    if (last) outcomes.push(last);
  });
  await shared?.close();
  // A cloud that breaks by itself says nothing of the fault.
  const [broken] = lab.simulator?.mishaps ?? [];
  if (broken !== undefined)
    throw new Error(`The embedded cloud broke under ${faultId}: ${broken instanceof Error ? broken.message : '?'}`);
  return outcomes;
}

function decide(lab: Lab, world: World, id: CaseId): Promise<CaseResult> {
  const [clauseId = '', version = ''] = id.split('@');
  const clause = lab.clauses.get(clauseId);
  if (!clause) throw new Error(`No clause has the id ${clauseId}`);
  const planned: PlannedCase = { id, clause: clause.id, microversion: microversion(version) };
  return runCase(world, clause, planned);
}
