/** The source file of a clause as a path in this package; with `--reference`, the texts are elsewhere. */
import type { ClauseReport } from '../src/records/report.ts';

export const specsFolder = 'specs/';

/** The source file of a clause below the folder of the specs; an extension suite prefixes its operation. */
export function fileInSpecs({ operation, source }: Pick<ClauseReport, 'operation' | 'source'>): string {
  return `${operation.split('/').at(-2)}/${source.file}`;
}

/** A suite of another vendor names its own source files. */
export function specFile(clause: Pick<ClauseReport, 'operation' | 'source' | 'suite' | 'kind'>): string {
  const { source, suite, kind } = clause;
  return suite !== undefined && kind === 'written' ? source.file : `${specsFolder}${fileInSpecs(clause)}`;
}
