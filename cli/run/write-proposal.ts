/** `--write-waivers`: the proposal goes to a file that is not there yet, so that no agreement is written over. */
import { existsSync } from 'node:fs';
import { proposeWaivers } from '../../src/report/propose-waivers.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { UsageError } from '../errors.ts';
import { writeNew } from '../files/write-whole.ts';

/** @throws UsageError when the file is there already */
export function refuseExisting(file: string | undefined): void {
  if (file !== undefined && existsSync(file)) {
    throw new UsageError(`--write-waivers ${file}: the file is there already; name another, or remove it.`);
  }
}

export function writeProposal(file: string | undefined, record: RunRecord): void {
  if (file === undefined) return;
  writeNew(file, proposeWaivers(record));
  process.stderr.write(`Proposed waivers: ${file}\n`);
}
