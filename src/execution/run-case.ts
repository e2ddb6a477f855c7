/**
 * Runs one case: runs the check, turns its findings or its failure into a verdict, and returns its leases.
 */
import type { Exchange } from '../client/exchange.ts';
import { collectingAttempts } from '../client/send-patiently.ts';
import { timeouts } from './timeouts.ts';
import { isBinding, levelOf, type Clause } from '../clauses/clause.ts';
import { TokenEnded } from '../target/session.ts';
import { HarnessError, NoCapacity, NotBound, Stopped, Unreached } from './errors.ts';
import type { CaseId, PlannedCase } from '../planning/plan-cases.ts';
import { redactTranscript, redactVerdict } from './redact-result.ts';
import { openCheckContext, type OpenCheckContext } from '../clauses/check-context.ts';
import type { Reservation } from '../resources/reservations.ts';
import { exchangesIn, type Transcript } from './transcript.ts';
import type { Finding, Verdict } from '../clauses/verdict.ts';
import type { RunContext } from './run-context.ts';

export interface CaseResult {
  readonly id: CaseId;
  readonly verdict: Verdict;
  readonly durationMs: number;
  readonly exchanges: readonly Exchange[];
  readonly transcript: Transcript;
}

/** `keeps`: whether the case keeps its leases for the rest of the run, so that nothing changes or removes them. */
export async function runCase(
  run: RunContext,
  clause: Clause,
  planned: PlannedCase,
  keeps: (result: CaseResult) => boolean = () => false,
): Promise<CaseResult> {
  const startedAt = performance.now();
  const reservation = run.capacity.reservation();
  const ctx = openCheckContext(run, clause.operation, planned.microversion, reservation);
  const extra: Exchange[] = [];
  const timeout = caseTimeout(reservation);
  const verdict = await collectingAttempts(extra, () => decide(ctx, clause, extra, timeout.spent));
  timeout.close();
  // Inputs that arrive later are not part of the evidence.
  const transcript = ctx.transcript();
  const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
  const exchanges = unique([...ctx.log, ...extra]);
  const { redactor } = run.recorder;
  const safe = { verdict: redactVerdict(redactor, verdict), transcript: redactTranscript(redactor, transcript) };
  const result = { id: planned.id, durationMs, exchanges, ...safe };
  // A lease that cannot be returned is an error of the run; the verdict stands.
  if (!keeps(result)) await ctx.close().catch((error: unknown) => run.background(Promise.reject(error as Error)));
  reservation.close();
  return result;
}

/**
 * Decides a case in a check context, in a run or in a re-evaluation. `cut` rejects when the check has to be given up.
 */
export async function decide(
  ctx: OpenCheckContext,
  clause: Clause,
  extra: Exchange[],
  cut: Promise<never>,
): Promise<Verdict> {
  try {
    const findings = await Promise.race([clause.check(ctx), cut]);
    return toVerdict(findings, clause, ctx);
  } catch (error) {
    if (error instanceof Unreached && error.exchange) extra.push(error.exchange);
    return toUndecided(error);
  }
}

interface CaseTimeout {
  /** Rejects when the timeout of the case ends. */
  readonly spent: Promise<never>;
  readonly close: () => void;
}

/** The time spent waiting for capacity does not count. */
function caseTimeout(reservation: Reservation): CaseTimeout {
  const startedAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const spent = new Promise<never>((_, fail) => {
    const look = (): void => {
      const left = timeouts.case + reservation.waitedMs() - performance.now() + startedAt;
      if (left > 0) timer = setTimeout(look, left).unref();
      else fail(new HarnessError(`The case reached no verdict within ${timeouts.case / 1000} s`));
    };
    look();
  });
  return { spent, close: () => clearTimeout(timer) };
}

function toVerdict(findings: readonly Finding[], clause: Clause, { log, transcript }: OpenCheckContext): Verdict {
  const [first, ...rest] = findings;
  if (first) return { is: isBinding(levelOf(clause.statement)) ? 'fail' : 'warn', findings: [first, ...rest] };
  // A check that received no response to a request under test has decided nothing.
  const received = new Set(exchangesIn(transcript()));
  if (!log.some(({ id, purpose, response }) => purpose === 'act' && response && received.has(id))) {
    return { is: 'error', reason: 'The check received no response to a request under test.' };
  }
  return { is: 'pass' };
}

function toUndecided(error: unknown): Verdict {
  if (error instanceof TokenEnded) return { is: 'inconclusive', reason: error.message, cause: 'a valid token' };
  if (error instanceof Unreached) return { is: 'inconclusive', reason: error.message, cause: error.root };
  if (error instanceof NoCapacity) return { is: 'not-attempted', reason: error.message, remedy: error.remedy };
  if (error instanceof Stopped) return { is: 'not-attempted', reason: error.message };
  if (error instanceof NotBound) return { is: 'not-applicable', reason: error.message };
  return { is: 'error', reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
}

function unique(log: readonly Exchange[]): readonly Exchange[] {
  return [...new Map(log.map((exchange) => [exchange.id, exchange])).values()];
}
