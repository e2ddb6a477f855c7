/** `clauses --coverage RUN`: shows what the run decided. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../../src/accounting/check.ts';
import { decidedPage } from '../../src/accounting/decided-page.ts';
import { decidedTable } from '../../src/accounting/decided-table.ts';
import { isJsonObject, parseJson } from '../../src/json.ts';
import { parseMicroversion } from '../../src/microversion.ts';
import type { RunReport } from '../../src/records/report.ts';
import { exitCodes, UsageError } from '../errors.ts';

interface Wanted {
  readonly microversions: string;
  readonly json?: true;
}

/** @throws UsageError when the folder has no readable report */
export function renderCoverage(
  folder: string,
  { microversions, json }: Wanted,
  { contracts, untested }: Ledger,
): number {
  const versions = microversions.split(',').map((text) => {
    const version = parseMicroversion(text.trim());
    if (version) return version;
    throw new UsageError(`--microversions: "${text}" is not a microversion. Write a list such as 2.1,2.60.`);
  });
  const table = decidedTable(contracts, readReport(folder), versions, untested);
  process.stdout.write(json ? `${JSON.stringify(table, undefined, 1)}\n` : decidedPage(table));
  return exitCodes.conformant;
}

function readReport(folder: string): RunReport {
  const file = join(folder, 'report.json');
  const value = existsSync(file) ? parseJson(readFileSync(file, 'utf8')) : undefined;
  if (!isJsonObject(value) || value.format !== 'openstack-conformance/report') {
    throw new UsageError(`${file} is not the report of a run. Pass a run folder.`);
  }
  return value as unknown as RunReport;
}
