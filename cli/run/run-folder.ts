/** The folder of a run: journal and evidence are appended during the run, reports are written at the end. */
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Evidence } from '../../src/execution/reevaluate.ts';
import type { CaseResult } from '../../src/execution/run-case.ts';
import { emptyTranscript } from '../../src/execution/transcript.ts';
import { formatJournalLine } from '../../src/report/journal.ts';
import type { JournalLine } from '../../src/records/journal.ts';
import type { ReportFile, RunRecord } from '../../src/report/record.ts';
import { UsageError } from '../errors.ts';
import { appendWhole } from '../files/append-whole.ts';
import { fileSystem, type FileSystem } from '../files/file-system.ts';
import { statIfThere } from '../files/stat-if-there.ts';
import { asWriteError } from '../files/write-error.ts';
import { createIfMissing, makeFolder, makeFolderIn, writeWhole } from '../files/write-whole.ts';
import { evidenceIn, type ReadEvidence } from './evidence-file.ts';
import { evidenceWriter } from './evidence-writer.ts';
import { recordIn } from './read-record.ts';

/** Methods that write throw WriteError, and never leave an incomplete line or file. */
export interface RunFolder {
  readonly path: string;
  readonly ledgerFile: string;
  /** In bytes: it grows with every intent and creation; undefined if the file cannot be read. */
  readonly ledgerSize: () => number | undefined;
  /** No run is recorded in it. */
  readonly isBlank: () => boolean;
  /** Removes what this run wrote, and the folder if it is then empty; never throws. */
  readonly discard: () => void;
  /** A line that cannot be written is still part of the record, as `unwritten` if given. */
  readonly append: (line: JournalLine, unwritten?: JournalLine) => void;
  /**
   * Writes the exchanges of an attempt of a case and the inputs of its check. Returns their position, for the journal.
   */
  readonly keepEvidence: (result: Pick<CaseResult, 'id'> & Evidence) => string | undefined;
  readonly write: (files: readonly ReportFile[]) => void;
  /**
   * The record in the folder; for an active run, with what could not be written. @throws UsageError when there is no
   * readable journal
   */
  readonly read: () => RunRecord;
}

const journalIn = (path: string): string => join(path, 'journal.ndjson');
const ledgerIn = (path: string): string => join(path, 'ledger.ndjson');

/** @throws UsageError when the folder already contains a run; WriteError, and then nothing of it is left */
export function createRunFolder(path: string, files: FileSystem = fileSystem): RunFolder {
  makeFolder(path, files);
  createJournal(path, files);
  try {
    createIfMissing(ledgerIn(path), files);
    syncFolder(path, files);
  } catch (error) {
    discard(path);
    throw error;
  }
  return openFolder(path, { lines: [], isComplete: true }, files);
}

/** @throws UsageError, WriteError */
function createJournal(path: string, files: FileSystem): void {
  const taken = new UsageError(`${path} already contains a run. Pass another folder by --output, or remove it.`);
  if (existsSync(ledgerIn(path))) throw taken;
  try {
    files.closeSync(files.openSync(journalIn(path), 'wx'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw asWriteError(journalIn(path), error);
    throw taken;
  }
}

/** Syncs the folder, so that a power failure does not lose the name of the ledger. */
function syncFolder(path: string, files: FileSystem): void {
  try {
    const folder = files.openSync(path, 'r');
    try {
      files.fsyncSync(folder);
    } finally {
      files.closeSync(folder);
    }
  } catch (error) {
    throw asWriteError(path, error);
  }
}

export function openRunFolder(path: string): RunFolder {
  return openFolder(path, undefined, fileSystem);
}

/** The journal lines of an active run, of which the disk may not have all. */
interface Memory {
  readonly lines: string[];
  /** Every write has succeeded so far. */
  isComplete: boolean;
}

function openFolder(path: string, memory: Memory | undefined, files: FileSystem): RunFolder {
  const journal = journalIn(path);
  const writeEvidence = evidenceWriter(path, files);
  const checkedFolders = new Set<string>();
  /** Records a failed write in the memory. */
  const tracked = <T>(write: () => T): T => {
    try {
      return write();
    } catch (error) {
      if (memory) memory.isComplete = false;
      throw error;
    }
  };
  const write = (reports: readonly ReportFile[]): void =>
    tracked(() => {
      for (const file of reports) {
        const folder = dirname(file.path);
        if (!checkedFolders.has(folder)) makeFolderIn(path, folder, files);
        checkedFolders.add(folder);
        writeWhole(join(path, file.path), file.text, files);
      }
    });
  return {
    path,
    ledgerFile: ledgerIn(path),
    ledgerSize: () => statIfThere(ledgerIn(path))?.size,
    isBlank: () => (statIfThere(journal)?.size ?? 0) === 0,
    discard: () => discard(path),
    append: (line, unwritten = line) => {
      let kept = unwritten;
      try {
        tracked(() => appendWhole(journal, formatJournalLine(line), files));
        kept = line;
      } finally {
        memory?.lines.push(formatJournalLine(kept));
      }
    },
    keepEvidence: ({ id, exchanges, transcript }) =>
      exchanges.length === 0 && transcript.inputs.length === 0
        ? undefined
        : tracked(() => writeEvidence(id, { exchanges, transcript })),
    write,
    read: recordIn(path, journal, readEvidenceOf(evidenceIn(path)), memory),
  };

  /** At the end of a run with write errors, missing evidence is left out of the output. */
  function readEvidenceOf(read: ReadEvidence): ReadEvidence {
    return (id, place) => {
      try {
        return read(id, place);
      } catch (error) {
        const isLost = memory && error instanceof UsageError && !(memory.isComplete && existsSync(journal));
        if (isLost) return { exchanges: [], transcript: emptyTranscript };
        throw error;
      }
    };
  }
}

const contractFolder = 'contracts';

/** The contract of a service, where the package has no file of it: for another reference. */
export function contractPath(service: string): string {
  return `${contractFolder}/${service}.json`;
}

const ownNames = ['journal.ndjson', 'ledger.ndjson', 'running.json', contractFolder, 'debug.log', 'evidence'] as const;

function discard(path: string): void {
  try {
    for (const name of ownNames) rmSync(join(path, name), { force: true, recursive: true });
    if (readdirSync(path).length === 0) rmdirSync(path);
  } catch {
    // Nothing more can be done if the files cannot be removed.
  }
}
