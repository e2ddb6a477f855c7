/**
 * Compares two runs clause by clause and case by case.
 *
 * Cases are compared by id, also across references and releases of the harness, if the clause has the same statement in
 * both runs: a clause whose statement differs is `reworded`, and its cases are not compared.
 */
import { findingsOf, reasonOf } from '../../clauses/verdict.ts';
import { compareMicroversions, parseMicroversion } from '../../microversion.ts';
import { groupBy } from '../../group-by.ts';
import type { CaseReport, ClauseReport, RunReport } from '../../records/report.ts';
import type { RunRecord } from '../record.ts';
import { sentence } from '../run-verdict.ts';
import { isDecided } from '../tally.ts';
import { wordFinding } from '../describe-finding.ts';
import { changeOf } from './case-change.ts';
import { factDifferences } from './fact-differences.ts';
import { changes } from '../../records/changes.ts';
import type { CaseChange, CaseState, Change, ChangeCounts } from '../../records/diff.ts';
import type { ClauseChange, DiffSide, RunDiff } from '../../records/diff.ts';
import { whyAbsent } from './why-absent.ts';

export function compareRuns(before: RunRecord, after: RunRecord): RunDiff {
  const clauses = pairs(before, after).map(compareClause);
  return {
    format: 'openstack-conformance/diff',
    formatVersion: 1,
    before: sideOf(before.report),
    after: sideOf(after.report),
    differences: factDifferences(before.report, after.report),
    counts: {
      clauses: countChanges(clauses.map(({ change }) => change)),
      cases: countChanges(clauses.flatMap(({ cases }) => cases.map(({ change }) => change))),
    },
    clauses: clauses.flatMap(listedClause),
  };
}

interface Half {
  readonly record: RunRecord;
  readonly clause: ClauseReport | undefined;
  readonly cases: readonly CaseReport[];
}

interface Pair {
  readonly clause: ClauseReport;
  readonly before: Half;
  readonly after: Half;
}

/** Clauses in the order of the later run, then those that only the earlier run has. */
function pairs(before: RunRecord, after: RunRecord): readonly Pair[] {
  const halves = [before, after].map((record) => {
    const clauses = new Map(record.report.clauses.map((clause) => [clause.id, clause]));
    const cases = groupBy(record.report.cases, ({ clause }) => clause);
    return (id: string): Half => ({ record, clause: clauses.get(id), cases: cases.get(id) ?? [] });
  });
  const [was, is] = halves;
  const all = new Map([...after.report.clauses, ...before.report.clauses].reverse().map((one) => [one.id, one]));
  const order = [...new Set([...after.report.clauses, ...before.report.clauses].map(({ id }) => id))];
  return order.flatMap((id) => {
    const clause = all.get(id);
    return clause && was && is ? [{ clause, before: was(id), after: is(id) }] : [];
  });
}

interface Compared {
  readonly pair: Pair;
  readonly change: Change;
  readonly cases: readonly (Omit<CaseChange, 'change'> & { readonly change: Change })[];
}

function compareClause(pair: Pair): Compared {
  const { before, after } = pair;
  const ids = new Map([...before.cases, ...after.cases].map((one) => [one.id, one]));
  const reworded = before.clause && after.clause && before.clause.statement !== after.clause.statement;
  const isClauseDecided = after.cases.some(({ verdict }) => isDecided(verdict.is));
  const cases = [...ids.values()].sort(byMicroversion).map((one) => {
    const [was, is] = [before, after].map(({ cases: own }) => own.find(({ id }) => id === one.id));
    const change: Change = reworded ? 'reworded' : changeOf(was?.verdict, is?.verdict, isClauseDecided);
    const { id, microversion } = one;
    return { id, microversion, change, before: stateOf(before, was, one), after: stateOf(after, is, one) };
  });
  const change = changes.find((kind) => cases.some((one) => one.change === kind)) ?? 'unchanged';
  return { pair, change, cases };
}

function stateOf({ record }: Half, own: CaseReport | undefined, other: CaseReport): CaseState {
  if (!own) return { is: 'absent', because: [whyAbsent(record.report, other)] };
  const findings = findingsOf(own.verdict);
  const reason = reasonOf(own.verdict);
  if (findings.length === 0) return { is: own.verdict.is, because: reason === undefined ? [] : [sentence(reason)] };
  const exchanges = new Map(record.evidence(own.id).map((exchange) => [exchange.id, exchange]));
  const because = findings.map((finding) => wordFinding(finding, exchanges.get(finding.exchange)));
  return { is: own.verdict.is, because: [...new Set(because)] };
}

function listedClause({ pair, change, cases }: Compared): readonly ClauseChange[] {
  if (change === 'unchanged') return [];
  const { clause, before, after } = pair;
  const { id, operation, level, statement } = clause;
  return [
    {
      ...{ id, operation, level, statement, change },
      before: before.clause?.verdict ?? null,
      after: after.clause?.verdict ?? null,
      ...(change === 'reworded' && before.clause && { statementBefore: before.clause.statement }),
      cases: cases.flatMap((one) => (isListed(one.change) ? [{ ...one, change: one.change }] : [])),
    },
  ];
}

function isListed(change: Change): change is CaseChange['change'] {
  return change !== 'unchanged' && change !== 'reworded';
}

function sideOf({ run, target, verdict, vacuous, tool }: RunReport): DiffSide {
  const { name, startedAt, ended } = run;
  return { name, startedAt, target: target.name, verdict, ended, ...(vacuous !== undefined && { vacuous }), tool };
}

function countChanges(all: readonly Change[]): ChangeCounts {
  const counts = Object.fromEntries(changes.map((change) => [change, 0])) as Record<Change, number>;
  for (const change of all) counts[change] += 1;
  return counts;
}

function byMicroversion(a: CaseReport, b: CaseReport): number {
  const [left, right] = [parseMicroversion(a.microversion), parseMicroversion(b.microversion)];
  return left && right ? compareMicroversions(left, right) : Number(a.id > b.id) - Number(a.id < b.id);
}
