/** The possible results of a case, and findings against a target: data only; reports word them. */
import type { Finding, Verdict } from '../records/verdict.ts';

export type { Finding, FindingKind, Level, Verdict, VerdictKind } from '../records/verdict.ts';
export { verdictKinds } from '../records/verdict-kinds.ts';

export function findingsOf(verdict: Verdict): readonly Finding[] {
  return 'findings' in verdict ? verdict.findings : [];
}

/** Why a case was not decided, as a sentence; undefined for a decided one. */
export function reasonOf(verdict: Verdict): string | undefined {
  return 'reason' in verdict ? verdict.reason : undefined;
}
