/**
 * Can two runs be compared at all? What cannot is refused in one sentence, before anything is said about cases.
 */
import type { RunReport } from '../record.ts';
import { tried } from './case-change.ts';

export interface NamedReport {
  /** As the operator named it: a folder. */
  readonly from: string;
  readonly report: RunReport;
}

/** Undefined: they can. */
export function notComparable(before: NamedReport, after: NamedReport): string | undefined {
  const [was, is] = [before.report, after.report];
  if (was.contract.service !== is.contract.service) {
    return `${before.from} is about ${was.contract.service} and ${after.from} about ${is.contract.service}; runs of one service can be compared.`;
  }
  for (const { from, report } of [before, after]) {
    if (!report.cases.some(({ verdict }) => tried(verdict)))
      return `${from} tried no case, so there is nothing to compare.`;
  }
  const known = new Set(was.cases.map(({ id }) => id));
  if (is.cases.some(({ id }) => known.has(id))) return undefined;
  return `${before.from} and ${after.from} have no case in common: they selected other clauses or microversions.`;
}
