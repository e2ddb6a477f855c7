/**
 * One case from curtain to curtain: the check acts, its findings or its failure become a verdict, what it borrowed
 * goes back.
 */
import type { Exchange } from '../client/exchange.ts';
import { collectingAttempts } from '../client/send-patiently.ts';
import { budgets } from './budgets.ts';
import { isBinding, levelOf, type Clause } from './clause.ts';
import { TokenEnded } from '../target/session.ts';
import { HarnessError, NoRoom, NotBound, Stopped, Unreached } from './errors.ts';
import type { CaseId, PlannedCase } from './plan-cases.ts';
import { redactTranscript, redactVerdict } from './redact-result.ts';
import { openStage, type OpenStage } from './stage.ts';
import type { Ticket } from './tickets.ts';
import { exchangesIn, type Transcript } from './transcript.ts';
import type { Finding, Verdict } from './verdict.ts';
import type { World } from './world.ts';

export interface CaseResult {
  readonly id: CaseId;
  readonly verdict: Verdict;
  readonly durationMs: number;
  readonly exchanges: readonly Exchange[];
  readonly transcript: Transcript;
}

/** `keeps`: whether what the case borrowed stays with it for the rest of the run, so that nobody changes or removes it. */
export async function runCase(
  world: World,
  clause: Clause,
  planned: PlannedCase,
  keeps: (result: CaseResult) => boolean = () => false,
): Promise<CaseResult> {
  const startedAt = performance.now();
  const ticket = world.room.ticket();
  const stage = openStage(world, clause.operation, planned.microversion, ticket);
  const extra: Exchange[] = [];
  const budget = caseBudget(ticket);
  const verdict = await collectingAttempts(extra, () => decide(stage, clause, extra, budget.spent));
  budget.close();
  // What comes later has no part in the verdict, and is no evidence of it.
  const transcript = stage.transcript();
  const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
  const exchanges = unique([...stage.log, ...extra]);
  const { redactor } = world.recorder;
  const safe = { verdict: redactVerdict(redactor, verdict), transcript: redactTranscript(redactor, transcript) };
  const result = { id: planned.id, durationMs, exchanges, ...safe };
  // What cannot be given back is a trouble of the run; the verdict stands.
  if (!keeps(result)) await stage.close().catch((error: unknown) => world.background(Promise.reject(error as Error)));
  ticket.close();
  return result;
}

/**
 * What a check comes to on a stage: for the first time, or once more from its evidence. `cut` rejects when it is to be
 * waited for no longer.
 */
export async function decide(
  stage: OpenStage,
  clause: Clause,
  extra: Exchange[],
  cut: Promise<never>,
): Promise<Verdict> {
  try {
    const findings = await Promise.race([clause.check(stage), cut]);
    return toVerdict(findings, clause, stage);
  } catch (error) {
    if (error instanceof Unreached && error.exchange) extra.push(error.exchange);
    return toUndecided(error);
  }
}

interface CaseBudget {
  /** Fails when the time of the case is over. */
  readonly spent: Promise<never>;
  readonly close: () => void;
}

/** Time spent waiting for room is nobody's fault. */
function caseBudget(ticket: Ticket): CaseBudget {
  const startedAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const spent = new Promise<never>((_, fail) => {
    const look = (): void => {
      const left = budgets.case + ticket.waitedMs() - performance.now() + startedAt;
      if (left > 0) timer = setTimeout(look, left).unref();
      else fail(new HarnessError(`No verdict within ${budgets.case / 1000} s`));
    };
    look();
  });
  return { spent, close: () => clearTimeout(timer) };
}

function toVerdict(findings: readonly Finding[], clause: Clause, { log, transcript }: OpenStage): Verdict {
  const [first, ...rest] = findings;
  if (first) return { is: isBinding(levelOf(clause.statement)) ? 'fail' : 'warn', findings: [first, ...rest] };
  // A check that looked at no answer has decided nothing, whatever it says.
  const received = new Set(exchangesIn(transcript()));
  if (!log.some(({ id, purpose, response }) => purpose === 'act' && response && received.has(id))) {
    return { is: 'error', reason: 'The check ended without an act under judgement.' };
  }
  return { is: 'pass' };
}

function toUndecided(error: unknown): Verdict {
  if (error instanceof TokenEnded) return { is: 'inconclusive', reason: error.message, cause: 'a token that is good' };
  if (error instanceof Unreached) return { is: 'inconclusive', reason: error.message, cause: error.root };
  if (error instanceof NoRoom) return { is: 'not-attempted', reason: error.message, mend: error.mend };
  if (error instanceof Stopped) return { is: 'not-attempted', reason: error.message };
  if (error instanceof NotBound) return { is: 'not-applicable', reason: error.message };
  return { is: 'error', reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
}

function unique(log: readonly Exchange[]): readonly Exchange[] {
  return [...new Map(log.map((exchange) => [exchange.id, exchange])).values()];
}
