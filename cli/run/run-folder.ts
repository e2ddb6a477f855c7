/** The folder of one run: journal and evidence as they come, reports at the end. */
import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Evidence } from '../../src/conformance/reevaluate.ts';
import type { CaseResult } from '../../src/conformance/run-case.ts';
import { formatJournalLine, type JournalLine } from '../../src/report/journal.ts';
import type { ReportFile, RunRecord } from '../../src/report/record.ts';
import { UsageError } from '../errors.ts';
import { evidenceIn } from './evidence-file.ts';
import { evidenceWriter } from './evidence-writer.ts';
import { recordIn } from './read-record.ts';

export interface RunFolder {
  readonly path: string;
  readonly ledgerFile: string;
  /** Bytes: it grows with everything that is created, or meant to be. */
  readonly ledgerSize: () => number;
  /** No run was written down in it. */
  readonly isBlank: () => boolean;
  /** Takes a blank one away. */
  readonly discard: () => void;
  readonly append: (line: JournalLine) => void;
  /** Keeps the exchanges of a case and what its check was given. Returns their place, for the journal. */
  readonly keepEvidence: (result: Pick<CaseResult, 'id'> & Evidence) => string | undefined;
  readonly write: (files: readonly ReportFile[]) => void;
  /** The record as it stands in the folder. @throws UsageError when there is no journal that can be read. */
  readonly read: () => RunRecord;
}

/** @throws UsageError when the folder holds a run already. */
export function createRunFolder(path: string): RunFolder {
  try {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'journal.ndjson'), '', { flag: 'wx' });
  } catch {
    throw new UsageError(`${path} cannot take a run: it holds one already, or cannot be written to.`);
  }
  writeFileSync(join(path, 'ledger.ndjson'), '');
  keepNames(path);
  return openRunFolder(path);
}

/** What the ledger says is worth nothing when a power cut takes its name out of the folder. */
function keepNames(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

export function openRunFolder(path: string): RunFolder {
  const journal = join(path, 'journal.ndjson');
  const keep = evidenceWriter(path);
  const made = new Set<string>();
  const write = (files: readonly ReportFile[]): void => {
    for (const file of files) {
      const place = join(path, file.path);
      if (!made.has(dirname(place))) mkdirSync(dirname(place), { recursive: true });
      made.add(dirname(place));
      writeFileSync(place, file.text);
    }
  };
  return {
    path,
    ledgerFile: join(path, 'ledger.ndjson'),
    ledgerSize: () => statSync(join(path, 'ledger.ndjson')).size,
    isBlank: () => statSync(journal).size === 0,
    discard: () => discard(path),
    append: (line) => appendFileSync(journal, formatJournalLine(line)),
    keepEvidence: ({ id, exchanges, transcript }) =>
      exchanges.length === 0 && transcript.inputs.length === 0 ? undefined : keep(id, { exchanges, transcript }),
    write,
    read: recordIn(path, journal, evidenceIn(path)),
  };
}

function discard(path: string): void {
  for (const name of ['journal.ndjson', 'ledger.ndjson']) rmSync(join(path, name));
  if (readdirSync(path).length === 0) rmdirSync(path);
}
