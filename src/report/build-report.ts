/**
 * Builds the report of a run from its journal. Pure: an old run gives the same report again.
 */
import type { Verdict } from '../clauses/verdict.ts';
import { compareMicroversions, parseMicroversion } from '../microversion.ts';
import { applyWaivers } from './apply-waivers.ts';
import { foldInventories } from './fold-inventories.ts';
import { groupBy } from '../group-by.ts';
import type { Journal } from './journal.ts';
import type { PlannedClause } from '../records/journal.ts';
import type { CaseReport, ClauseReport, RunFacts, RunReport } from '../records/report.ts';
import type { Cost, Leak } from '../records/run-facts.ts';
import { folderOf } from './parts/folder-of.ts';
import { settleCases, describeUnconfirmed } from './settle-case.ts';
import { judgeSuites } from './judge-suites.ts';
import { scopeReport } from './scope-report.ts';
import { shellWord } from './shell-word.ts';
import { foldVerdicts } from './tally.ts';

/** Replaces the end line of a run that was killed; derived from ledger and evidence. */
export interface Fallback {
  readonly leaks?: readonly Leak[];
  readonly cost?: Cost;
}

export function buildReport(journal: Journal, fallback: Fallback = {}): RunReport {
  const { header, footer, lostLines } = journal;
  const run = runFacts(journal);
  const { cases, waivers } = applyWaivers(caseReports(journal, run), header.waivers ?? [], run.startedAt);
  const clauses = clauseReports(journal, cases);
  const scope = scopeReport(header, cases);
  const leaks = footer?.leaks ?? fallback.leaks ?? [];
  const inventories = journal.inventories && foldInventories(journal.inventories);
  return {
    format: 'openstack-conformance/report',
    formatVersion: 1,
    tool: header.tool,
    run,
    target: header.target,
    contracts: header.contracts,
    ...judgeSuites({ clauses, cases, waivers, ended: run.ended, leaks, inventories, lostLines, scope }),
    ...(scope && { scope }),
    clauses,
    cases,
    errata: header.errata,
    waivers,
    leaks,
    ...(footer?.kept && { kept: footer.kept }),
    ...(footer?.rebuilds && { rebuilds: footer.rebuilds }),
    ...(inventories && { inventories }),
    cost: footer?.cost ?? fallback.cost ?? knownCost(cases),
    ...(header.outline && { outline: header.outline }),
  };
}

/** A run without an end line finished with its last result. */
function runFacts({ header, results, confirmations = [], footer }: Journal): RunFacts {
  const { name, startedAt, command, limits, shard, plan, parts } = header.run;
  const limited = limits && { limits };
  const about = { ...limited, ...(shard && { shard }), ...(plan !== undefined && { plan }), ...(parts && { parts }) };
  if (footer) {
    const { finishedAt, durationMs, ended } = footer;
    return { name, startedAt, finishedAt, durationMs, command, ended, ...about };
  }
  const finishedAt = [...results, ...confirmations].reduce(
    (latest, line) => (line.finishedAt > latest ? line.finishedAt : latest),
    startedAt,
  );
  const durationMs = Date.parse(finishedAt) - Date.parse(startedAt) || 0;
  return { name, startedAt, finishedAt, durationMs, command, ended: 'crashed', ...about };
}

function caseReports(journal: Journal, run: RunFacts): readonly CaseReport[] {
  const { header } = journal;
  const tried = settleCases(journal);
  const unconfirmed = describeUnconfirmed(header.cases, tried, run);
  const clauses = new Map(header.clauses.map((clause) => [clause.id, clause]));
  const order = clauseOrder(header);
  return header.cases
    .map((planned): CaseReport => {
      const { id, clause, operation, microversion, identities } = planned;
      const { settled, line, attempts } = tried.get(id) ?? {};
      const verdict = atLevel(settled?.verdict ?? planned.verdict ?? notAttempted(run), clauses.get(clause));
      const { durationMs = 0, exchanges = 0, evidence } = line ?? {};
      const facts = { id, clause, operation, microversion, identities, verdict, durationMs, exchanges };
      const why = unconfirmed.get(id);
      return {
        ...facts,
        ...(evidence !== undefined && { evidence }),
        ...(why !== undefined && { unconfirmed: why }),
        ...(attempts && { attempts }),
      };
    })
    .sort((a, b) => order(a.clause, b.clause) || compareVersionText(a.microversion, b.microversion));
}

function clauseReports({ header }: Journal, cases: readonly CaseReport[]): readonly ClauseReport[] {
  const order = clauseOrder(header);
  const byClause = groupBy(cases, ({ clause }) => clause);
  return [...header.clauses]
    .sort((a, b) => order(a.id, b.id))
    .map(({ id, operation, suite, statement, level, kind, source, range, errata }) => {
      const mine = byClause.get(id) ?? [];
      const verdict = foldVerdicts(mine.map((result) => result.verdict.is));
      return {
        id,
        operation,
        ...(suite !== undefined && { suite }),
        statement,
        level,
        kind,
        source,
        range,
        verdict,
        cases: mine.map((result) => result.id),
        errata,
      };
    });
}

/** Only a SHOULD clause can warn: a warning of a MUST clause is a failure. */
function atLevel(verdict: Verdict, clause: PlannedClause | undefined): Verdict {
  const binding = clause?.level === 'MUST' || clause?.level === 'MUST NOT';
  return verdict.is === 'warn' && binding ? { is: 'fail', findings: verdict.findings } : verdict;
}

function notAttempted({ ended, name, command }: RunFacts): Verdict {
  const reason = {
    completed: 'The run ended without a result for this case.',
    interrupted: 'The run was interrupted before this case had a result.',
    deadline: 'The run reached its deadline before this case had a result.',
    'lost-target': 'The target became unreachable before this case had a result.',
    'write-error': 'The run folder became unwritable before this case had a result.',
    crashed: 'The run crashed before this case had a result.',
  }[ended];
  return { is: 'not-attempted', reason, remedy: `Run again with --failed-in ${shellWord(folderOf(name, command))}.` };
}

/** By operation in the order of the contract, then by id; operations that are not in the contract come last. */
function clauseOrder({ operations, clauses }: Journal['header']): (a: string, b: string) => number {
  const position = new Map(operations.map((operation, index) => [operation, index]));
  const rank = new Map(clauses.map(({ id, operation }) => [id, position.get(operation) ?? operations.length]));
  const rankOf = (id: string): number => rank.get(id) ?? Infinity;
  return (a, b) => (a === b ? 0 : compare(rankOf(a), rankOf(b)) || compare(a, b));
}

function compareVersionText(a: string, b: string): number {
  const [left, right] = [parseMicroversion(a), parseMicroversion(b)];
  return left && right ? compareMicroversions(left, right) : compare(a, b);
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : Number(a > b);
}

function knownCost(cases: readonly CaseReport[]): Cost {
  const exchanges = cases.reduce((sum, result) => sum + result.exchanges, 0);
  return { exchanges, targetBusyMs: 0, targetMs: 0, ownCpuMs: 0, created: {} };
}
