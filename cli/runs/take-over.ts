/** Copies what other runs left on disk into a run folder: evidence, with ids that say where it is from, and ledgers. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evidenceFrom } from '../../src/report/parts/from-run.ts';
import type { ReportFile } from '../../src/report/record.ts';
import { readEvidence, refuseOutside } from '../run/evidence-file.ts';

/** @throws UsageError when the evidence is not there, or is no evidence */
export function evidenceOf(folder: string, run: string, from: string, to: string): ReportFile {
  refuseOutside(to);
  const evidence = evidenceFrom(run, readEvidence(folder, from));
  return { path: to, text: `${JSON.stringify(evidence, null, 1)}\n` };
}

/** Whole lines only: the last one may have been cut off. */
export function ledgerText(folder: string): string {
  const file = join(folder, 'ledger.ndjson');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text.slice(0, text.lastIndexOf('\n') + 1);
}
