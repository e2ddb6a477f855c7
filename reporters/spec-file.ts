/** The source file of a clause as a path in this package; with `--reference`, the texts are elsewhere. */
import type { ClauseReport, RunReport } from '../src/records/report.ts';

export function specFolder({ contract }: Pick<RunReport, 'contract'>): string {
  return `specs/${contract.service}/`;
}

/** A suite of another vendor names its own source files. */
export function specFile(
  report: Pick<RunReport, 'contract'>,
  clause: Pick<ClauseReport, 'source' | 'suite' | 'kind'>,
): string {
  const { source, suite, kind } = clause;
  return suite !== undefined && kind === 'written' ? source.file : `${specFolder(report)}${source.file}`;
}
