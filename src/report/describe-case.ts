/**
 * Describes one case: its findings in words, and the command lines that reproduce them.
 */
import type { Exchange } from '../client/exchange.ts';
import { findingsOf } from '../clauses/verdict.ts';
import { curlLine } from './curl.ts';
import { printable } from './printable.ts';
import type { CaseReport } from '../records/report.ts';
import type { RunRecord } from './record.ts';
import { describeFinding, wordFinding, type FindingWords } from './describe-finding.ts';

export interface DescribedCase {
  readonly findings: readonly DescribedFinding[];
  /** One per relevant exchange, in the order sent; the identity is the one that sent it. */
  readonly repeats: readonly Repeat[];
}

export interface DescribedFinding extends FindingWords {
  readonly sentence: string;
}

export interface Repeat {
  readonly exchange: string;
  readonly identity: string;
  readonly curl: string;
  /** The same for short lines: a long command is truncated, and `report.html` has it in full. */
  readonly shortCurl: string;
}

/** The evidence has the rest. */
const mostRepeats = 3;

/** In characters. */
const longestShort = 600;

export function describeCase(record: RunRecord, { id, verdict }: CaseReport): DescribedCase {
  const findings = findingsOf(verdict);
  if (findings.length === 0 && verdict.is !== 'error') return { findings: [], repeats: [] };
  const evidence = record.evidence(id);
  const byId = new Map(evidence.map((exchange) => [exchange.id, exchange]));
  return {
    findings: findings.map((finding) => {
      const exchange = byId.get(finding.exchange);
      return { ...describeFinding(finding, exchange), sentence: wordFinding(finding, exchange) };
    }),
    repeats: relevantExchanges(evidence, new Set(findings.map(({ exchange }) => exchange)))
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
  return line.length <= longestShort ? line : `${printable(line, longestShort)}, in full in report.html`;
}

/**
 * The exchanges that findings name, preceded by the request under test if they only observe; without findings, the last
 * one that failed in transport.
 */
function relevantExchanges(evidence: readonly Exchange[], named: ReadonlySet<string>): readonly Exchange[] {
  if (named.size === 0) return evidence.filter(({ failure }) => failure).slice(-1);
  const shown = evidence.filter(({ id }) => named.has(id));
  const tested = evidence.filter(({ purpose }) => purpose === 'act').at(-1);
  return tested && !shown.some(({ purpose }) => purpose === 'act') ? [tested, ...shown] : shown;
}
