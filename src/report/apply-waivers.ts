/**
 * Applies waivers to the cases of a run. Pure; expiry is judged by the day on which the run started.
 *
 * A listed case that failed is waived; if the waiver has expired, it stays a failure. If every case that a waiver
 * covers was tried and none failed, the waiver is unneeded, and the cases that passed count as failures until it is
 * removed. A warning is not a failure and needs no waiver.
 */
import { hasExpired } from '../planning/waivers/waiver.ts';
import type { BoundWaiver } from '../records/run-facts.ts';
import type { CaseReport, WaiverReport } from '../records/report.ts';
import type { Finding, Verdict } from '../clauses/verdict.ts';
import { isOpen } from './tally.ts';
import { describeWaiver } from './describe-waiver.ts';

export interface Waived {
  readonly cases: readonly CaseReport[];
  readonly waivers: readonly WaiverReport[];
}

export function applyWaivers(
  cases: readonly CaseReport[],
  waivers: readonly BoundWaiver[],
  runStartedAt: string,
): Waived {
  const byId = new Map(cases.map((one) => [one.id, one]));
  const judged = waivers.map((waiver): WaiverReport => ({ ...waiver, state: stateOf(waiver, byId, runStartedAt) }));
  const ofCase = new Map(judged.flatMap((waiver) => waiver.cases.map((id) => [id, waiver] as const)));
  return {
    waivers: judged,
    cases: cases.map((one) => {
      const waiver = ofCase.get(one.id);
      return waiver ? { ...one, verdict: verdictUnder(waiver, one.verdict) } : one;
    }),
  };
}

function stateOf(
  waiver: BoundWaiver,
  cases: ReadonlyMap<string, CaseReport>,
  runStartedAt: string,
): WaiverReport['state'] {
  const kinds = waiver.cases.map((id) => cases.get(id)?.verdict.is);
  if (kinds.includes('fail')) return hasExpired(waiver, runStartedAt) ? 'expired' : 'used';
  const allDecided = kinds.every((kind) => kind !== undefined && !isOpen(kind));
  return allDecided && kinds.includes('pass') ? 'unneeded' : 'open';
}

function verdictUnder(waiver: WaiverReport, verdict: Verdict): Verdict {
  switch (waiver.state) {
    case 'used':
      return verdict.is === 'fail'
        ? { is: 'waived', findings: verdict.findings, waiver: describeWaiver(waiver) }
        : verdict;
    case 'expired':
      return verdict.is === 'fail'
        ? { is: 'fail', findings: [...verdict.findings, findingOf(waiver, 'expired')] }
        : verdict;
    case 'unneeded':
      return verdict.is === 'pass' ? { is: 'fail', findings: [findingOf(waiver, 'unneeded')] } : verdict;
    case 'open':
      return verdict;
  }
}

function findingOf({ waives, owner, expires, listedAt }: BoundWaiver, state: 'expired' | 'unneeded'): Finding {
  return { kind: 'waiver', exchange: '', state, waives, owner, expires, listedAt };
}
