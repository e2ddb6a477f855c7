/**
 * Checks that two runs can be compared, and says in one sentence why not.
 */
import type { RunReport } from '../../records/report.ts';
import { tried } from './case-change.ts';

export interface NamedReport {
  /** As the operator named it: a folder. */
  readonly from: string;
  readonly report: RunReport;
}

/** Undefined if they can. */
export function notComparable(before: NamedReport, after: NamedReport): string | undefined {
  const [was, is] = [before.report, after.report];
  const services = new Set(was.contracts.map(({ service }) => service));
  if (!is.contracts.some(({ service }) => services.has(service))) {
    return `${before.from} tests ${describeServices(was)} and ${after.from} tests ${describeServices(is)}. Only runs of the same service can be compared.`;
  }
  for (const { from, report } of [before, after]) {
    if (!report.cases.some(({ verdict }) => tried(verdict)))
      return `${from} tried no case, so there is nothing to compare.`;
  }
  const known = new Set(was.cases.map(({ id }) => id));
  if (is.cases.some(({ id }) => known.has(id))) return undefined;
  return `${before.from} and ${after.from} have no case in common: they selected other clauses or microversions.`;
}

function describeServices({ contracts }: RunReport): string {
  return contracts.map(({ service }) => service).join(' and ');
}
