/**
 * Truncates a JSON value from a target to what a report needs.
 *
 * A body may be nested deeper than a serializer can follow, or contain a megabyte in one string. The evidence has the
 * whole body; a finding only shows an excerpt.
 */
import type { Json, NonEmpty } from '../json.ts';
import type { Finding, Verdict } from '../clauses/verdict.ts';

const limits = { depth: 12, entries: 100, characters: 4000 } as const;

export function boundJson(value: Json, depth: number = limits.depth): Json {
  if (typeof value === 'string') return boundText(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth === 0) return '…';
  return isArray(value) ? boundArray(value, depth) : boundObject(value, depth);
}

/** The verdict with every value and text in its findings truncated. */
export function boundVerdict(verdict: Verdict): Verdict {
  switch (verdict.is) {
    case 'fail':
    case 'warn':
    case 'waived':
      return { ...verdict, findings: boundFindings(verdict.findings) };
    case 'unstable':
      return { ...verdict, findings: boundFindings(verdict.findings), reason: boundText(verdict.reason) };
    case 'inconclusive':
      return { ...verdict, reason: boundText(verdict.reason), cause: boundText(verdict.cause) };
    case 'error':
    case 'not-applicable':
    case 'not-attempted':
      return { ...verdict, reason: boundText(verdict.reason) };
    case 'pass':
      return verdict;
  }
}

function boundFindings([first, ...rest]: NonEmpty<Finding>): NonEmpty<Finding> {
  return [boundFinding(first), ...rest.map(boundFinding)];
}

function boundFinding(finding: Finding): Finding {
  switch (finding.kind) {
    case 'schema':
      return { ...finding, seen: boundJson(finding.seen) };
    case 'value':
      return finding.seen === undefined ? finding : { ...finding, seen: boundJson(finding.seen) };
    case 'header':
      return finding.seen === null ? finding : { ...finding, seen: boundText(finding.seen) };
    case 'body':
    case 'transition':
      return { ...finding, seen: boundText(finding.seen) };
    case 'status':
    case 'waiver':
      return finding;
  }
}

function boundText(text: string): string {
  const rest = text.length - limits.characters;
  return rest > 0 ? `${text.slice(0, limits.characters)}… (${rest} more characters)` : text;
}

function boundArray(items: readonly Json[], depth: number): Json {
  const kept = items.slice(0, limits.entries).map((item) => boundJson(item, depth - 1));
  return items.length > limits.entries ? [...kept, `… (${items.length - limits.entries} more)`] : kept;
}

function boundObject(object: Readonly<Record<string, Json>>, depth: number): Json {
  const entries = Object.entries(object);
  const kept = entries
    .slice(0, limits.entries)
    .map(([key, member]): [string, Json] => [boundText(key), boundJson(member, depth - 1)]);
  const rest = entries.length - limits.entries;
  return Object.fromEntries(rest > 0 ? [...kept, ['…', `${rest} more`]] : kept);
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
