/** The folder of one run: journal and evidence as they come, reports at the end. */
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { createLedger, readLedger } from '../../src/conformance/ledger.ts';
import type { Evidence } from '../../src/conformance/playback.ts';
import type { CaseResult } from '../../src/conformance/run-case.ts';
import { buildReport } from '../../src/report/build-report.ts';
import { formatJournalLine, type JournalLine } from '../../src/report/journal.ts';
import { leakOf } from '../../src/report/leak.ts';
import { parseJournal } from '../../src/report/parse-journal.ts';
import type { CaseReport, Leak, ReportFile, RunRecord } from '../../src/report/record.ts';
import { resourceKinds } from '../../suites/resources.ts';
import { UsageError } from '../errors.ts';
import { readEvidence } from './evidence-file.ts';

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
  /** Keeps the exchanges of a case and what its check was given; where they are, relative to the folder. */
  readonly keepEvidence: (result: CaseResult) => string | undefined;
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
  const write = (files: readonly ReportFile[]): void => {
    for (const file of files) {
      mkdirSync(dirname(join(path, file.path)), { recursive: true });
      writeFileSync(join(path, file.path), file.text);
    }
  };
  return {
    path,
    ledgerFile: join(path, 'ledger.ndjson'),
    ledgerSize: () => statSync(join(path, 'ledger.ndjson')).size,
    isBlank: () => statSync(journal).size === 0,
    discard: () => discard(path),
    append: (line) => appendFileSync(journal, formatJournalLine(line)),
    keepEvidence: ({ id, exchanges, script }) => {
      if (exchanges.length === 0 && script.props.length === 0) return undefined;
      const file = evidenceFile(id);
      const evidence: Evidence = { exchanges, script };
      write([{ path: file, text: `${JSON.stringify(evidence, null, 1)}\n` }]);
      return file;
    },
    write,
    read: () => readRecord(path, journal),
  };
}

function discard(path: string): void {
  for (const name of ['journal.ndjson', 'ledger.ndjson']) rmSync(join(path, name));
  if (readdirSync(path).length === 0) rmdirSync(path);
}

/** `evidence/compute/attach-volume/accepts-tag@2.49.json` */
function evidenceFile(id: string): string {
  return `evidence/${id.replace('#', '/')}.json`;
}

function readRecord(path: string, journal: string): RunRecord {
  if (!existsSync(journal)) throw new UsageError(`${path} holds no run: there is no journal.ndjson in it.`);
  const parsed = parseJournal(readFileSync(journal, 'utf8'), journal);
  if (!parsed.journal) throw new UsageError(`${journal} is no journal of a run.`);
  const report = buildReport(parsed.journal, { leaks: leaksIn(join(path, 'ledger.ndjson')) });
  const files = new Map(report.cases.map((one: CaseReport) => [one.id, one.evidence]));
  return {
    report,
    evidence: (id) => {
      const file = files.get(id);
      return file === undefined ? [] : readEvidence(path, file).exchanges;
    },
  };
}

/** What the ledger says is still there; a run that was killed has nothing else to tell of it. */
function leaksIn(file: string): readonly Leak[] {
  if (!existsSync(file)) return [];
  const entries = readLedger(readFileSync(file, 'utf8'));
  const ledger = createLedger(
    () => undefined,
    () => '',
    entries,
  );
  return ledger.owned().map((thing) => leakOf(thing, resourceKinds));
}
