/**
 * Judges whether a clause fails under a seeded fault because of that fault.
 *
 * An error, a timeout or an unmet precondition is no proof; only a finding on a request under test or observation is.
 */
import type { Exchange } from '../client/exchange.ts';
import type { CaseId } from '../planning/plan-cases.ts';
import type { CaseResult } from '../execution/run-case.ts';
import { findingsOf, reasonOf, type VerdictKind } from '../clauses/verdict.ts';
import { headerValue } from '../client/exchange.ts';

/** Marks responses that a derived fault has changed. */
export const tamperedHeader = 'x-mutation-tampered';

export interface Outcome {
  readonly case: CaseId;
  readonly verdict: VerdictKind;
  /** Whether the clause failed with a finding on an exchange that the fault could change. */
  readonly killed: boolean;
  /** Set when the only findings are timeouts of waits. */
  readonly waitedOnly?: true;
  /** Why it was not decided; missing when it was. */
  readonly reason?: string;
}

/** `marked`: responses that the fault changed are marked, and only those count. */
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
