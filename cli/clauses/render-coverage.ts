/** `clauses --coverage RUN`: shows what the run decided. */
import type { Ledger } from '../../src/spec-coverage/check.ts';
import { decidedPage } from '../../src/spec-coverage/decided-page.ts';
import { decidedTable } from '../../src/spec-coverage/decided-table.ts';
import { matrixOf } from '../../src/spec-coverage/matrix.ts';
import { matrixPage } from '../../src/spec-coverage/matrix-page.ts';
import type { Coverage } from '../../src/records/coverage.ts';
import { parseMicroversion } from '../../src/microversion.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { openRunFolder } from '../run/run-folder.ts';
import { refuseDamaged } from '../run-folders/compare.ts';

interface Wanted {
  readonly microversions: string;
  readonly json?: true;
}

/** @throws UsageError when the folder is not a run folder, or its journal is damaged */
export function renderCoverage(
  folder: string,
  { microversions, json }: Wanted,
  { contracts, clauses, untested }: Ledger,
): number {
  const versions = microversions.split(',').map((text) => {
    const version = parseMicroversion(text.trim());
    if (version) return version;
    throw new UsageError(`--microversions: "${text}" is not a microversion. Write a list such as 2.1,2.60.`);
  });
  refuseDamaged(folder);
  const { report } = openRunFolder(folder).read();
  const coverage: Coverage = {
    ...decidedTable(contracts, report, versions, untested),
    roles: matrixOf('role', contracts, clauses, report),
    states: matrixOf('state', contracts, clauses, report),
  };
  const page = (): string =>
    [decidedPage(coverage), matrixPage('roles', coverage.roles), matrixPage('states', coverage.states)].join('\n');
  process.stdout.write(json ? `${JSON.stringify(coverage, undefined, 1)}\n` : page());
  return exitCodes.conformant;
}
