/** The data that the parts of the page use. */
import { groupBy } from '../../../src/group-by.ts';
import type { Outline } from '../../../src/records/outline.ts';
import type { CaseReport, Counts, RunReport } from '../../../src/records/report.ts';
import type { RunRecord } from '../../../src/report/record.ts';
import { countVerdicts } from '../../../src/report/tally.ts';
import { columnsOf, type Column } from '../columns.ts';
import type { PageClause } from '../page-data.ts';
import { placeClauses, type Placing } from '../place-clauses.ts';

/** The data for the parts of the reference, on rendering and in the browser. */
export interface ReferenceFacts {
  readonly outline: Outline | undefined;
  readonly clauses: readonly PageClause[];
  readonly placing: Placing;
  readonly casesOf: (clause: string) => readonly Pick<CaseReport, 'microversion' | 'verdict'>[];
  /** The index of a clause in the list of clauses. */
  readonly indexOf: (clause: string) => number;
  /** Of the cases of an operation. */
  readonly countsOf: (operation: string) => Counts;
}

export interface PageFacts extends ReferenceFacts {
  readonly record: RunRecord;
  readonly report: RunReport;
  readonly columns: readonly Column[];
}

export function pageFacts(record: RunRecord): PageFacts {
  const { report } = record;
  const cases = groupBy(report.cases, ({ clause }) => clause);
  const operations = groupBy(report.cases, ({ operation }): string => operation);
  const indices = new Map(report.clauses.map(({ id }, index) => [id, index]));
  return {
    record,
    report,
    outline: report.outline,
    clauses: report.clauses,
    placing: placeClauses(report),
    columns: columnsOf(report),
    casesOf: (clause) => cases.get(clause) ?? [],
    indexOf: (clause) => indices.get(clause) ?? -1,
    countsOf: (operation) => countVerdicts((operations.get(operation) ?? []).map(({ verdict }) => verdict.is)),
  };
}
