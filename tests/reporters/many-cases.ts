/** A record of any size, built from copies of the clauses of another one under new names. */
import type { CaseReport, ClauseReport } from '../../src/records/report.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { countVerdicts } from '../../src/report/tally.ts';

/** At least `count` cases. The copies have no entry in the outline. */
export function manyCases({ report, evidence }: RunRecord, count: number): RunRecord {
  const rounds = Math.ceil(count / report.cases.length);
  const all = Array.from({ length: rounds }, (_, round) => copyOf(report, round));
  const cases = all.flatMap((copy) => copy.cases).slice(0, Math.max(count, report.cases.length));
  const used = new Set(cases.map(({ clause }) => clause));
  const clauses = all.flatMap((copy) => copy.clauses).filter(({ id }) => used.has(id));
  const origins = new Map(cases.map(({ id }) => [id, id.replace(/-copy-\d+@/, '@')]));
  return {
    report: {
      ...report,
      clauses,
      cases,
      counts: {
        clauses: countVerdicts(clauses.map(({ verdict }) => verdict)),
        cases: countVerdicts(cases.map(({ verdict }) => verdict.is)),
      },
    },
    evidence: (id) => evidence(origins.get(id) ?? id),
  };
}

interface Copy {
  readonly clauses: readonly ClauseReport[];
  readonly cases: readonly CaseReport[];
}

function copyOf({ clauses, cases }: RunRecord['report'], round: number): Copy {
  if (round === 0) return { clauses, cases };
  const named = (id: string): string => `${id}-copy-${round}`;
  const again = (id: string): string => id.replace('@', `-copy-${round}@`);
  return {
    clauses: clauses.map((one) => ({ ...one, id: named(one.id), cases: one.cases.map(again) })),
    cases: cases.map((one) => ({ ...one, id: again(one.id), clause: named(one.clause) })),
  };
}
