/**
 * A clause on trial: does it fail under a fault, and for the fault's sake?
 *
 * An error, a time-out or a precondition that was not reached is no proof: only a finding about what was judged is.
 */
import type { Exchange } from '../client/exchange.ts';
import type { CaseId } from '../conformance/plan-cases.ts';
import type { CaseResult } from '../conformance/run-case.ts';
import { findingsOf, reasonOf, type VerdictKind } from '../conformance/verdict.ts';
import { headerValue } from '../client/exchange.ts';

/** Put on replies that a derived fault has changed. */
export const tamperedHeader = 'x-refutation-tampered';

export interface Outcome {
  readonly case: CaseId;
  readonly verdict: VerdictKind;
  /** Whether the clause failed, with a finding on an exchange that the fault could change. */
  readonly killed: boolean;
  /** All that speaks for the kill is that something did not come in time; set only where it is so. */
  readonly waitedOnly?: true;
  /** Why it was not decided, where it was not. */
  readonly reason?: string;
}

/** `marked`: replies that the fault changed can be told from the others, and only those count. */
export function judgeTrial({ id, verdict, exchanges }: CaseResult, marked: boolean): Outcome {
  const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
  const failed = verdict.is === 'fail' || verdict.is === 'warn';
  const counting = failed ? findingsOf(verdict).filter(({ exchange }) => counts(byId.get(exchange), marked)) : [];
  const waitedOnly = counting.length > 0 && counting.every(({ kind }) => kind === 'transition');
  const reason = reasonOf(verdict);
  return {
    case: id,
    verdict: verdict.is,
    killed: counting.length > 0,
    ...(waitedOnly ? { waitedOnly } : {}),
    ...(reason === undefined ? {} : { reason }),
  };
}

function counts(exchange: Exchange | undefined, marked: boolean): boolean {
  if (!exchange || (exchange.purpose !== 'act' && exchange.purpose !== 'observation')) return false;
  return !marked || headerValue(exchange.response?.headers ?? [], tamperedHeader) !== undefined;
}
