/** The content of a verdict without names, ids and times, which differ in every run: for comparing verdicts. */
import { reasonOf, type Finding, type Verdict } from './verdict.ts';

export function essenceOf(verdict: Verdict): string {
  if ('findings' in verdict) return [...new Set(verdict.findings.map(findingEssence))].sort().join('\n');
  return masked(verdict.is === 'inconclusive' ? verdict.cause : (reasonOf(verdict) ?? ''));
}

/** Ignores the waiting time and the exchange. */
function findingEssence(finding: Finding): string {
  const lasting = finding.kind === 'transition' ? { ...finding, waitedMs: 0 } : finding;
  return masked(JSON.stringify({ ...lasting, exchange: '' }));
}

const passing: readonly RegExp[] = [
  /\bosc-[0-9a-f]{6}[\w-]*/g,
  /\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b/gi,
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?/g,
  /\bhttps?:\/\/[^/"\\\s]+/g,
  /\/dev\/vd[a-z]+/g,
  /(?<!\\)\bx\d+\b/g,
  /\b\d+(?:\.\d+)? (?:ms|s)\b/g,
];

/** Replaces what differs in every run. */
export function masked(text: string): string {
  return passing.reduce((rest, pattern) => rest.replace(pattern, '…'), text);
}
