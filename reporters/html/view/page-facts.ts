/** What the parts of the page look up. */
import { groupBy } from '../../../src/group-by.ts';
import type { Outline } from '../../../src/report/outline.ts';
import type { CaseReport, Counts, RunRecord, RunReport } from '../../../src/report/record.ts';
import { countVerdicts } from '../../../src/report/tally.ts';
import { columnsOf, type Column } from '../columns.ts';
import type { PageClause } from '../page-data.ts';
import { placeClauses, type Placing } from '../place-clauses.ts';

/** What the parts of the reference look up, when the page is made and in the browser. */
export interface ReferenceFacts {
  readonly outline: Outline | undefined;
  readonly clauses: readonly PageClause[];
  readonly placing: Placing;
  readonly casesOf: (clause: string) => readonly Pick<CaseReport, 'microversion' | 'verdict'>[];
  /** The place of a clause in the list of clauses. */
  readonly placeOf: (clause: string) => number;
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
  const places = new Map(report.clauses.map(({ id }, index) => [id, index]));
  return {
    record,
    report,
    outline: report.outline,
    clauses: report.clauses,
    placing: placeClauses(report),
    columns: columnsOf(report),
    casesOf: (clause) => cases.get(clause) ?? [],
    placeOf: (clause) => places.get(clause) ?? -1,
    countsOf: (operation) => countVerdicts((operations.get(operation) ?? []).map(({ verdict }) => verdict.is)),
  };
}
