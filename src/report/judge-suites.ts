/** Judges a run: the clauses of the reference, and separately each extension suite. */
import type { ClauseReport, RunReport, SuiteReport, WaiverReport } from '../records/report.ts';
import { groupBy } from '../group-by.ts';
import { judgeRun, type RunOutcome } from './run-verdict.ts';
import { countVerdicts } from './tally.ts';

export type Judged = Pick<RunReport, 'verdict' | 'reasons' | 'vacuous' | 'counts' | 'suites'>;

export function judgeSuites(outcome: RunOutcome): Judged {
  const bySuite = groupBy(outcome.clauses, ({ suite }) => suite ?? '');
  const own = partOf(outcome, bySuite.get('') ?? [], 'reference');
  const names = [...bySuite.keys()].filter((name) => name !== '');
  const judged = { ...judgeRun(own), counts: countsOf(own) };
  if (names.length === 0) return judged;
  const suites = names.map((name) => judgeSuite(name, partOf(outcome, bySuite.get(name) ?? [], 'extension')));
  if (own.clauses.length > 0) return { ...judged, suites };
  const vacuous = `The run tests nothing of the reference: only clauses of ${names.join(', ')} were selected.`;
  return { ...judged, reasons: [vacuous, ...judged.reasons.filter((one) => one !== judged.vacuous)], vacuous, suites };
}

/** How the run ended and what it left behind belongs to the run as a whole. An extension suite has no scope. */
function judgeSuite(name: string, outcome: RunOutcome): SuiteReport {
  const whole = { ended: 'completed', leaks: [], inventories: [], lostLines: 0, scope: undefined } as const;
  const { verdict, reasons } = judgeRun({ ...outcome, ...whole });
  return { name, verdict, reasons: verdict === 'passed' ? [] : reasons, counts: countsOf(outcome) };
}

function partOf(outcome: RunOutcome, clauses: readonly ClauseReport[], kind: 'reference' | 'extension'): RunOutcome {
  const ids = new Set(clauses.map(({ id }) => id));
  const extensionClauses = new Set(outcome.clauses.flatMap(({ id, suite }) => (suite === undefined ? [] : [id])));
  // A waiver may name a clause that the run did not select; it stays with the clauses of the reference.
  const isRelevant = ({ waives }: WaiverReport): boolean => {
    const clause = waives.split('@')[0] ?? waives;
    return kind === 'reference' ? !extensionClauses.has(clause) : ids.has(clause);
  };
  return {
    ...outcome,
    clauses,
    cases: outcome.cases.filter(({ clause }) => ids.has(clause)),
    waivers: outcome.waivers.filter(isRelevant),
  };
}

function countsOf({ clauses, cases }: RunOutcome): SuiteReport['counts'] {
  return {
    clauses: countVerdicts(clauses.map(({ verdict }) => verdict)),
    cases: countVerdicts(cases.map(({ verdict }) => verdict.is)),
  };
}
