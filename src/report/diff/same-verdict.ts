/**
 * Do two verdicts say the same? Names and ids that are different in every run do not count.
 */
import { reasonOf, type Finding, type Verdict } from '../../conformance/verdict.ts';

/** For verdicts of the same kind. */
export function saysTheSame(a: Verdict, b: Verdict): boolean {
  return a.is === b.is && essence(a) === essence(b);
}

function essence(verdict: Verdict): string {
  if ('findings' in verdict) return [...new Set(verdict.findings.map(findingEssence))].sort().join('\n');
  return masked(verdict.is === 'inconclusive' ? verdict.cause : (reasonOf(verdict) ?? ''));
}

/** How long was waited, and in which exchange, is no difference. */
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
  /\bx\d+\b/g,
  /\b\d+(?:\.\d+)? (?:ms|s)\b/g,
];

function masked(text: string): string {
  return passing.reduce((rest, pattern) => rest.replace(pattern, '…'), text);
}
