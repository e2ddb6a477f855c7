/** The folder of one run: journal and evidence as they come, reports at the end. */
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Evidence } from '../../src/conformance/reevaluate.ts';
import type { CaseResult } from '../../src/conformance/run-case.ts';
import { emptyTranscript } from '../../src/conformance/transcript.ts';
import { formatJournalLine, type JournalLine } from '../../src/report/journal.ts';
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

/** What writes throws WriteError, and leaves no half of a line or a file behind. */
export interface RunFolder {
  readonly path: string;
  readonly ledgerFile: string;
  /** Bytes: it grows with everything that is created, or meant to be; undefined where it cannot be looked at. */
  readonly ledgerSize: () => number | undefined;
  /** No run was written down in it. */
  readonly isBlank: () => boolean;
  /** Removes what this run wrote into it, and the folder where nothing else is in it; never throws. */
  readonly discard: () => void;
  /** What cannot be written is part of the record all the same, in the form of `unwritten` where that is given. */
  readonly append: (line: JournalLine, unwritten?: JournalLine) => void;
  /** Keeps the exchanges of an attempt of a case and what its check was given. Returns their place, for the journal. */
  readonly keepEvidence: (result: Pick<CaseResult, 'id'> & Evidence) => string | undefined;
  readonly write: (files: readonly ReportFile[]) => void;
  /** The record as it stands in the folder; of a run under way, with what could not be written. @throws UsageError when there is no journal that can be read. */
  readonly read: () => RunRecord;
}

const journalIn = (path: string): string => join(path, 'journal.ndjson');
const ledgerIn = (path: string): string => join(path, 'ledger.ndjson');

/** @throws UsageError when the folder holds a run already; WriteError, and then nothing of it is left */
export function createRunFolder(path: string, files: FileSystem = fileSystem): RunFolder {
  makeFolder(path, files);
  createJournal(path, files);
  try {
    createIfMissing(ledgerIn(path), files);
    keepNames(path, files);
  } catch (error) {
    discard(path);
    throw error;
  }
  return openFolder(path, { lines: [], isWhole: true }, files);
}

/** @throws UsageError, WriteError */
function createJournal(path: string, files: FileSystem): void {
  const taken = new UsageError(`${path} holds a run already; name another folder by --output, or remove it.`);
  if (existsSync(ledgerIn(path))) throw taken;
  try {
    files.closeSync(files.openSync(journalIn(path), 'wx'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw asWriteError(journalIn(path), error);
    throw taken;
  }
}

/** What the ledger says is worth nothing when a power cut takes its name out of the folder. */
function keepNames(path: string, files: FileSystem): void {
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

/** The lines of a run under way, which the disk may not have. */
interface Memory {
  readonly lines: string[];
  /** Everything could be written so far. */
  isWhole: boolean;
}

function openFolder(path: string, memory: Memory | undefined, files: FileSystem): RunFolder {
  const journal = journalIn(path);
  const keep = evidenceWriter(path, files);
  const made = new Set<string>();
  /** Notes that the disk has less than the memory. */
  const noting = <T>(write: () => T): T => {
    try {
      return write();
    } catch (error) {
      if (memory) memory.isWhole = false;
      throw error;
    }
  };
  const write = (reports: readonly ReportFile[]): void =>
    noting(() => {
      for (const file of reports) {
        const folder = dirname(file.path);
        if (!made.has(folder)) makeFolderIn(path, folder, files);
        made.add(folder);
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
        noting(() => appendWhole(journal, formatJournalLine(line), files));
        kept = line;
      } finally {
        memory?.lines.push(formatJournalLine(kept));
      }
    },
    keepEvidence: ({ id, exchanges, transcript }) =>
      exchanges.length === 0 && transcript.inputs.length === 0
        ? undefined
        : noting(() => keep(id, { exchanges, transcript })),
    write,
    read: recordIn(path, journal, readEvidenceOf(evidenceIn(path)), memory),
  };

  /** What is no longer there is left out of what is printed at the end of a run that could not be written down. */
  function readEvidenceOf(read: ReadEvidence): ReadEvidence {
    return (id, place) => {
      try {
        return read(id, place);
      } catch (error) {
        const isGone = memory && error instanceof UsageError && !(memory.isWhole && existsSync(journal));
        if (isGone) return { exchanges: [], transcript: emptyTranscript };
        throw error;
      }
    };
  }
}

const ownNames = ['journal.ndjson', 'ledger.ndjson', 'running.json', 'contract.json', 'debug.log', 'evidence'] as const;

function discard(path: string): void {
  try {
    for (const name of ownNames) rmSync(join(path, name), { force: true, recursive: true });
    if (readdirSync(path).length === 0) rmdirSync(path);
  } catch {
    // Where nothing can be removed, nothing more can be done about it.
  }
}
