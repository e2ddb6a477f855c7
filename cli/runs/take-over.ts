/** Copies what other runs left on disk into a run folder: evidence, with ids that say where it is from, and ledgers. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from '../../src/conformance/playback.ts';
import { isJsonObject, parseJson } from '../../src/json.ts';
import { evidenceFrom } from '../../src/report/parts/from-run.ts';
import type { ReportFile } from '../../src/report/record.ts';
import { UsageError } from '../errors.ts';

/** @throws UsageError when the evidence is not there, or is no evidence */
export function evidenceOf(folder: string, run: string, from: string, to: string): ReportFile {
  const file = join(folder, from);
  const inside = from.startsWith('evidence/') && !from.split('/').includes('..');
  const value = inside && existsSync(file) ? parseJson(readFileSync(file, 'utf8')) : undefined;
  if (!isJsonObject(value) || !Array.isArray(value.exchanges) || !isJsonObject(value.script)) {
    throw new UsageError(`${file} is not there or holds no exchanges; take over the whole folder.`);
  }
  const evidence = evidenceFrom(run, value as unknown as Evidence);
  return { path: to, text: `${JSON.stringify(evidence, null, 1)}\n` };
}

/** Whole lines only: the last one may have been cut off. */
export function ledgerText(folder: string): string {
  const file = join(folder, 'ledger.ndjson');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text.slice(0, text.lastIndexOf('\n') + 1);
}
