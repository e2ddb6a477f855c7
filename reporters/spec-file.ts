/** Where a sentence of the specs stands, as a path in this package; a run with `--reference` has its texts elsewhere. */
import type { ClauseReport, RunReport } from '../src/report/record.ts';

export function specFolder({ contract }: Pick<RunReport, 'contract'>): string {
  return `specs/${contract.service}/`;
}

/** A suite of somebody else's has its texts wherever it says. */
export function specFile(
  report: Pick<RunReport, 'contract'>,
  clause: Pick<ClauseReport, 'source' | 'suite' | 'kind'>,
): string {
  const { source, suite, kind } = clause;
  return suite !== undefined && kind === 'written' ? source.file : `${specFolder(report)}${source.file}`;
}
