/** Where a sentence of the specs stands, as a path in this package; a run with `--reference` has its texts elsewhere. */
import type { ClauseReport, RunReport } from '../src/report/record.ts';

export function specFolder({ contract }: Pick<RunReport, 'contract'>): string {
  return `specs/${contract.service}/`;
}

export function specFile(report: Pick<RunReport, 'contract'>, { source }: Pick<ClauseReport, 'source'>): string {
  return `${specFolder(report)}${source.file}`;
}
