/**
 * Groups cases by their first finding, so that a cause that breaks many clauses is one entry with its extent.
 *
 * Two findings are alike if they differ only in the request, ids of resources, numbers, and the location of the member
 * in the body: one member that is missing in every list is one group.
 */
import { groupBy } from '../group-by.ts';
import { findingsOf, type Finding } from '../clauses/verdict.ts';
import { printable } from './printable.ts';
import type { CaseReport } from '../records/report.ts';
import { resourceIds } from './undecided.ts';
import { describeFinding } from './describe-finding.ts';

export interface FindingGroup {
  /** The finding: `status 404 instead of 200`. */
  readonly title: string;
  /** Never empty; in the order of the report. */
  readonly cases: readonly CaseReport[];
  /** Ids. */
  readonly clauses: readonly string[];
  readonly operations: readonly string[];
}

/** The group with the most clauses first. Cases without a finding are left out. */
export function groupFindings(cases: readonly CaseReport[]): readonly FindingGroup[] {
  const found = cases.flatMap((one) =>
    findingsOf(one.verdict)
      .slice(0, 1)
      .map((finding) => ({ one, finding })),
  );
  const groups = groupBy(found, ({ finding }) => keyOf(finding));
  return [...groups.values()]
    .flatMap((members) =>
      members.slice(0, 1).map(({ finding }) =>
        asGroup(
          finding,
          members.map(({ one }) => one),
        ),
      ),
    )
    .sort((a, b) => b.clauses.length - a.clauses.length || b.cases.length - a.cases.length);
}

function asGroup(finding: Finding, cases: readonly CaseReport[]): FindingGroup {
  return {
    title: titleOf(finding),
    cases,
    clauses: [...new Set(cases.map(({ clause }) => clause))],
    operations: [...new Set(cases.map(({ operation }) => operation))],
  };
}

function keyOf(finding: Finding): string {
  return JSON.stringify([finding.kind, ...partsOf(finding)])
    .replace(resourceIds, '…')
    .replace(/\d+(?:\.\d+)*/g, '#');
}

/** What alike findings have in common. Status codes are spelled in letters, because `keyOf` ignores numbers. */
function partsOf(finding: Finding): readonly unknown[] {
  switch (finding.kind) {
    case 'status':
      return [finding.seen, ...finding.expected].map(
        (code) => `code ${[...String(code)].map((digit) => digits[Number(digit)] ?? digit).join('')}`,
      );
    case 'schema':
      return [finding.keyword, memberOf(finding.pointer), finding.expected];
    case 'header':
      return [finding.name, finding.expected, finding.seen === null];
    case 'value':
      return [memberOf(finding.pointer), finding.seen === undefined];
    case 'body':
      return [finding.expected];
    case 'transition':
      return [finding.expected];
    case 'waiver':
      return [finding.state];
  }
}

const digits = 'abcdefghij';

function titleOf(finding: Finding): string {
  const { expected, seen } = describeFinding(finding);
  switch (finding.kind) {
    case 'status':
      return `status ${seen} instead of ${expected}`;
    case 'schema':
      if (finding.keyword === 'additionalProperties') return `unexpected ${describeMember(finding.pointer)}`;
      if (finding.keyword === 'required') return `missing: ${expected}`;
      return `${describeMember(finding.pointer)} is not ${expected}`;
    case 'header':
      return finding.seen === null ? `no header ${printable(finding.name)}` : `header ${expected} expected`;
    case 'value':
      return `${describeMember(finding.pointer)} ${finding.seen === undefined ? 'is missing' : 'has another value than expected'}`;
    case 'body':
      return `body: ${expected} expected`;
    case 'transition':
      return `never reached: ${expected}`;
    case 'waiver':
      return finding.state === 'unneeded' ? 'a waiver that is not needed' : 'a waiver that has expired';
  }
}

function describeMember(pointer: string): string {
  const member = memberOf(pointer);
  return member === '' ? 'the body' : `member "${printable(member)}"`;
}

/** `links` of `/servers/0/links`. */
function memberOf(pointer: string): string {
  return pointer.split('/').findLast((part) => part !== '' && !/^(?:\d+|\[\])$/.test(part)) ?? '';
}
