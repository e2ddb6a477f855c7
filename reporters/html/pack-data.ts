/** The record as the page's script reads it. */
import { printable } from '../../src/report/printable.ts';
import type { CaseReport, RunRecord, RunReport } from '../../src/report/record.ts';
import { wordAttempts } from '../../src/report/word-parts.ts';
import type { Packing } from './pack-evidence.ts';
import type { PageCase, PageData } from './page-data.ts';

export function packData({ report }: RunRecord, { placesOf }: Packing): PageData {
  const places = new Map(report.clauses.map(({ id }, index) => [id, index]));
  return {
    clauses: report.clauses.map(({ id, operation, statement, level, kind, range, verdict, errata, source }) => ({
      ...{ id, operation, statement, level, kind, range, verdict, errata },
      source: `${source.file}:${source.line}, ${source.section}`,
    })),
    cases: report.cases.map((one) => packCase(one, report, places.get(one.clause) ?? -1, placesOf(one.id))),
  };
}

function packCase(one: CaseReport, { run }: RunReport, clause: number, shown: readonly number[]): PageCase {
  const { microversion, identities, verdict, durationMs, exchanges, evidence } = one;
  const before = wordAttempts(one, run);
  return {
    ...{ clause, at: microversion, as: identities, verdict, ms: durationMs },
    sent: exchanges,
    ...(before !== undefined && { before: printable(before, 1000) }),
    ...(evidence !== undefined && { file: evidence }),
    shown,
  };
}
