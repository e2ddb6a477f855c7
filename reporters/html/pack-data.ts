/** The record as the page's script reads it. */
import type { RunRecord } from '../../src/report/record.ts';
import type { Packing } from './pack-evidence.ts';
import type { PageData } from './page-data.ts';

export function packData({ report }: RunRecord, { placesOf }: Packing): PageData {
  const places = new Map(report.clauses.map(({ id }, index) => [id, index]));
  return {
    clauses: report.clauses.map(({ id, operation, statement, level, kind, range, verdict, errata, source }) => ({
      ...{ id, operation, statement, level, kind, range, verdict, errata },
      source: `${source.file}:${source.line}, ${source.section}`,
    })),
    cases: report.cases.map(({ id, clause, microversion, identities, verdict, durationMs, exchanges, evidence }) => ({
      ...{ clause: places.get(clause) ?? -1, at: microversion, as: identities, verdict, ms: durationMs },
      sent: exchanges,
      ...(evidence !== undefined && { file: evidence }),
      shown: placesOf(id),
    })),
  };
}
