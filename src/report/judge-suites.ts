/** Judges a run: the clauses of the reference, and beside them, counted apart, each suite of somebody else's. */
import type { ClauseReport, RunReport, WaiverReport } from './record.ts';
import type { SuiteReport } from './record.ts';
import { groupBy } from '../group-by.ts';
import { judgeRun, type RunOutcome } from './run-verdict.ts';
import { countVerdicts } from './tally.ts';

export type Judged = Pick<RunReport, 'verdict' | 'reasons' | 'hollow' | 'counts' | 'suites'>;

export function judgeSuites(outcome: RunOutcome): Judged {
  const bySuite = groupBy(outcome.clauses, ({ suite }) => suite ?? '');
  const own = partOf(outcome, bySuite.get('') ?? [], 'ours');
  const names = [...bySuite.keys()].filter((name) => name !== '');
  const judged = { ...judgeRun(own), counts: countsOf(own) };
  if (names.length === 0) return judged;
  const suites = names.map((name) => judgeSuite(name, partOf(outcome, bySuite.get(name) ?? [], 'theirs')));
  if (own.clauses.length > 0) return { ...judged, suites };
  const hollow = `The run says nothing of the reference: only clauses of ${names.join(', ')} were selected.`;
  return { ...judged, reasons: [hollow, ...judged.reasons.filter((one) => one !== judged.hollow)], hollow, suites };
}

/** How the run ended and what it left behind is told of the run as a whole. No suite of others is a named resource. */
function judgeSuite(name: string, outcome: RunOutcome): SuiteReport {
  const whole = { ended: 'completed', leaks: [], censuses: [], lostLines: 0, scope: undefined } as const;
  const { verdict, reasons } = judgeRun({ ...outcome, ...whole });
  return { name, verdict, reasons: verdict === 'passed' ? [] : reasons, counts: countsOf(outcome) };
}

function partOf(outcome: RunOutcome, clauses: readonly ClauseReport[], whose: 'ours' | 'theirs'): RunOutcome {
  const ids = new Set(clauses.map(({ id }) => id));
  const guests = new Set(outcome.clauses.flatMap(({ id, suite }) => (suite === undefined ? [] : [id])));
  // A waiver may speak of a clause that the run did not select; such ones stay with ours.
  const isOf = ({ waives }: WaiverReport): boolean => {
    const clause = waives.split('@')[0] ?? waives;
    return whose === 'ours' ? !guests.has(clause) : ids.has(clause);
  };
  return {
    ...outcome,
    clauses,
    cases: outcome.cases.filter(({ clause }) => ids.has(clause)),
    waivers: outcome.waivers.filter(isOf),
  };
}

function countsOf({ clauses, cases }: RunOutcome): SuiteReport['counts'] {
  return {
    clauses: countVerdicts(clauses.map(({ verdict }) => verdict)),
    cases: countVerdicts(cases.map(({ verdict }) => verdict.is)),
  };
}
