/**
 * What waivers make of the cases of a run: pure, and judged by the day on which the run started.
 *
 * A listed case that failed is waived, or stays a failure when the waiver has expired. When every case that a waiver
 * covers was tried and none failed, the waiver is not needed, and the cases that passed are failures until it is gone.
 * A warning is no failure and needs no waiver.
 */
import { hasExpired, type BoundWaiver } from '../conformance/waivers/waiver.ts';
import type { Finding, Verdict } from '../conformance/verdict.ts';
import type { CaseReport, WaiverReport } from './record.ts';
import { isOpen } from './tally.ts';
import { wordWaiver } from './word-waiver.ts';

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
  const settled = kinds.every((kind) => kind !== undefined && !isOpen(kind));
  return settled && kinds.includes('pass') ? 'unneeded' : 'open';
}

function verdictUnder(waiver: WaiverReport, verdict: Verdict): Verdict {
  switch (waiver.state) {
    case 'used':
      return verdict.is === 'fail' ? { is: 'waived', findings: verdict.findings, waiver: wordWaiver(waiver) } : verdict;
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
