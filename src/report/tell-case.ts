/**
 * What there is to tell of one case: its findings in words, and the command lines that show them again.
 */
import type { Exchange } from '../client/exchange.ts';
import { findingsOf } from '../conformance/verdict.ts';
import { curlLine } from './curl.ts';
import { printable } from './printable.ts';
import type { CaseReport, RunRecord } from './record.ts';
import { describeFinding, wordFinding, type FindingWords } from './word-finding.ts';

export interface ToldCase {
  readonly findings: readonly ToldFinding[];
  /** One per exchange that matters, in the order sent; the identity is the one that sent it. */
  readonly repeats: readonly Repeat[];
}

export interface ToldFinding extends FindingWords {
  readonly sentence: string;
}

export interface Repeat {
  readonly exchange: string;
  readonly identity: string;
  readonly curl: string;
  /** The same where lines have to be short: a long one is cut, and the reports for reading on screen have the whole. */
  readonly shortCurl: string;
}

/** More command lines than this help nobody; the evidence has the rest. */
const mostRepeats = 3;

/** In characters: what a person still reads. */
const longestShort = 600;

export function tellCase(record: RunRecord, { id, verdict }: CaseReport): ToldCase {
  const findings = findingsOf(verdict);
  if (findings.length === 0 && verdict.is !== 'error') return { findings: [], repeats: [] };
  const evidence = record.evidence(id);
  const byId = new Map(evidence.map((exchange) => [exchange.id, exchange]));
  return {
    findings: findings.map((finding) => {
      const exchange = byId.get(finding.exchange);
      return { ...describeFinding(finding, exchange), sentence: wordFinding(finding, exchange) };
    }),
    repeats: telling(evidence, new Set(findings.map(({ exchange }) => exchange)))
      .slice(0, mostRepeats)
      .map(repeatOf),
  };
}

function repeatOf(exchange: Exchange): Repeat {
  const { id, identity } = exchange;
  const curl = curlLine(exchange);
  return { exchange: id, identity, curl, shortCurl: shortened(curl) };
}

function shortened(line: string): string {
  return line.length <= longestShort ? line : `${printable(line, longestShort)}, whole in report.html`;
}

/** The exchanges that findings name, led by the act where they only observe; without findings the one that broke. */
function telling(evidence: readonly Exchange[], named: ReadonlySet<string>): readonly Exchange[] {
  if (named.size === 0) return evidence.filter(({ failure }) => failure).slice(-1);
  const shown = evidence.filter(({ id }) => named.has(id));
  const act = evidence.filter(({ purpose }) => purpose === 'act').at(-1);
  return act && !shown.some(({ purpose }) => purpose === 'act') ? [act, ...shown] : shown;
}
