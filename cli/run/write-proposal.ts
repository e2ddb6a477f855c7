/** `--write-waivers`: writes a proposal of waivers to a new file, so that existing waivers are not overwritten. */
import { existsSync } from 'node:fs';
import { proposeWaivers } from '../../src/report/propose-waivers.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { UsageError } from '../errors.ts';
import { writeNew } from '../files/write-whole.ts';

/** @throws UsageError when the file already exists */
export function refuseExisting(file: string | undefined): void {
  if (file !== undefined && existsSync(file)) {
    throw new UsageError(`--write-waivers ${file}: the file already exists. Pass another file, or remove it.`);
  }
}

export function writeProposal(file: string | undefined, record: RunRecord): void {
  if (file === undefined) return;
  writeNew(file, proposeWaivers(record));
  process.stderr.write(`Proposed waivers: ${file}\n`);
}
