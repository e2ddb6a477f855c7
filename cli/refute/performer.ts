/** Runs the cases that the conductor sends, each fault in a world of its own; one thread of a refutation. */
import { parentPort } from 'node:worker_threads';
import { hasten } from '../../src/conformance/budgets.ts';
import type { CaseId, PlannedCase } from '../../src/conformance/plan-cases.ts';
import { runCase, type CaseResult } from '../../src/conformance/run-case.ts';
import type { World } from '../../src/conformance/world.ts';
import { microversion } from '../../src/microversion.ts';
import { derivedFaults } from '../../src/refutation/derived/index.ts';
import { inParallel } from '../../src/conformance/in-parallel.ts';
import type { BaseCase, ClauseOutcome, Errand, Told, Trial } from '../../src/refutation/protocol.ts';
import { faultHeader } from '../../src/refutation/tampered.ts';
import { judgeTrial } from '../../src/refutation/trial.ts';
import { faultsHeader, traceHeader } from '../../targets/simulator/index.ts';
import { openLab, type Lab } from './lab.ts';

const casesAtOnce = 8;

// The embedded cloud takes milliseconds; what takes longer here never comes.
hasten({ transitionMs: 1_500, caseMs: 20_000 });

const lab = await openLab();
const derived = new Map(derivedFaults(lab.contract).map((fault) => [fault.id, fault]));
const port = parentPort;
if (!port) throw new Error('A performer is started by the conductor of a refutation.');
port.on('message', (errand: Errand | 'stop') => {
  if (errand === 'stop') void lab.close().then(() => port.close());
  else void perform(errand).then((told) => port.postMessage(told), broke);
});
port.postMessage('ready');

function broke(error: unknown): void {
  const told: Told = { kind: 'broke', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  port?.postMessage(told);
}

async function perform(errand: Errand): Promise<Told> {
  return errand.kind === 'base'
    ? { kind: 'base', cases: await runBase(lab, errand.cases) }
    : { kind: 'fault', fault: errand.fault, outcomes: await runUnder(errand.fault, errand.trials) };
}

async function runBase({ world: open, simulator }: Lab, cases: readonly CaseId[]): Promise<readonly BaseCase[]> {
  const { world, close } = open({ judgedHeaders: {} });
  const results: BaseCase[] = [];
  await inParallel(cases, casesAtOnce, async (id) => {
    const result = await decide({ ...world, judgedHeaders: { [traceHeader]: id } }, id);
    const judged = result.exchanges.filter(({ purpose }) => purpose === 'act' || purpose === 'observation');
    // A shared act was traced under the name of the case that performed it.
    const names = new Set(judged.flatMap(({ request }) => request.headers.filter(([name]) => name === traceHeader)));
    const rules = new Set([...names].flatMap(([, name]) => [...(simulator.traces.get(name) ?? [])]));
    results.push({
      outcome: judgeTrial(result, false),
      exchanges: judged.map(({ request, response, operation }) => ({
        request,
        ...(response ? { response } : {}),
        ...(operation ? { operation } : {}),
      })),
      rules: [...rules],
    });
  });
  await close();
  return results;
}

async function runUnder(faultId: string, trials: readonly Trial[]): Promise<readonly ClauseOutcome[]> {
  const fault = derived.get(faultId);
  const judgedHeaders = { [fault ? faultHeader : faultsHeader]: faultId };
  const { world, close } = lab.world({ judgedHeaders, ...(fault ? { fault } : {}) });
  const outcomes: ClauseOutcome[] = [];
  await inParallel(trials, casesAtOnce, async ({ clause, cases }) => {
    let last: ClauseOutcome | undefined;
    for (const id of cases) {
      const outcome = judgeTrial(await decide(world, id), fault !== undefined);
      last = { clause, killed: outcome.killed, outcome };
      if (outcome.killed) break;
    }
    if (last) outcomes.push(last);
  });
  await close();
  return outcomes;
}

function decide(world: World, id: CaseId): Promise<CaseResult> {
  const [clauseId = '', version = ''] = id.split('@');
  const clause = lab.clauses.get(clauseId);
  if (!clause) throw new Error(`No clause has the id ${clauseId}`);
  const planned: PlannedCase = { id, clause: clause.id, microversion: microversion(version) };
  return runCase(world, clause, planned);
}
