/** `clauses --costs RUN`: writes the table that shards are balanced with, from the costs of the cases of a run. */
import { join } from 'node:path';
import { readLedger } from '../../src/resources/ledger.ts';
import { costTable } from '../../src/report/parts/cost-table.ts';
import { resourceKinds } from '../../suites/resources.ts';
import { exitCodes } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import { openRunFolder } from '../run/run-folder.ts';
import { refuseDamaged } from './compare.ts';
import { costsFile } from './shard.ts';
import { ledgerText } from './take-over.ts';
import { writeWhole } from '../files/write-whole.ts';

/** One line per clause, for a readable diff. @throws UsageError */
export function writeCosts(run: string): number {
  refuseDamaged(run);
  const table = costTable(openRunFolder(run).read(), readLedger(ledgerText(run)), resourceKinds);
  const rows = Object.entries(table).map(([clause, { ms, state }]) => {
    const needs = state === undefined ? '' : `, "state": ${JSON.stringify(state)}`;
    return `  ${JSON.stringify(clause)}: { "ms": ${ms}${needs} }`;
  });
  writeWhole(join(packageRoot, costsFile), `{\n${rows.join(',\n')}\n}\n`);
  process.stdout.write(`${costsFile}: ${rows.length} clauses\n`);
  return exitCodes.conformant;
}
