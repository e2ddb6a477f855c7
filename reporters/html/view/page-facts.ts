/** What the parts of the page look up. */
import { groupBy } from '../../../src/group-by.ts';
import type { CaseReport, RunRecord, RunReport } from '../../../src/report/record.ts';
import { columnsOf, type Column } from '../columns.ts';
import { placeClauses, type Placing } from '../place-clauses.ts';

export interface PageFacts {
  readonly record: RunRecord;
  readonly report: RunReport;
  readonly placing: Placing;
  readonly columns: readonly Column[];
  readonly casesOf: (clause: string) => readonly CaseReport[];
  /** The place of a clause in the list of clauses. */
  readonly placeOf: (clause: string) => number;
}

export function pageFacts(record: RunRecord): PageFacts {
  const { report } = record;
  const cases = groupBy(report.cases, ({ clause }) => clause);
  const places = new Map(report.clauses.map(({ id }, index) => [id, index]));
  return {
    record,
    report,
    placing: placeClauses(report),
    columns: columnsOf(report),
    casesOf: (clause) => cases.get(clause) ?? [],
    placeOf: (clause) => places.get(clause) ?? -1,
  };
}
