/** Appends the evidence of cases to the evidence files of a run folder; shared exchanges are written once. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Evidence } from '../../src/execution/reevaluate.ts';
import { evidenceFileOf, formatPlace, type EvidencePlace } from '../../src/report/evidence-line.ts';
import type { CaseEvidenceLine, EvidenceLine, LineReference } from '../../src/records/evidence.ts';
import { appendWhole } from '../files/append-whole.ts';
import { fileSystem, type FileSystem } from '../files/file-system.ts';
import { createIfMissing, makeFolderIn } from '../files/write-whole.ts';

/**
 * Returns the position of the evidence, for the journal. @throws WriteError; nothing of the case counts as written then
 */
export type KeepEvidence = (caseId: string, evidence: Evidence) => string;

type Known = Map<string, EvidencePlace>;

/** One writer per folder: it remembers which exchanges, by id, are already in the files. */
export function evidenceWriter(folder: string, files: FileSystem = fileSystem): KeepEvidence {
  const counts = new Map<string, number>();
  const exchangePlaces: Known = new Map();
  const sharedPlaces: Known = new Map();
  return (id, evidence) => {
    const file = evidenceFileOf(id);
    const path = join(folder, file);
    const before = counts.get(file) ?? prepare(folder, file, files);
    const lines: string[] = [];
    const undo: (() => void)[] = [];
    const add = (line: EvidenceLine): EvidencePlace => ({ file, line: before + lines.push(JSON.stringify(line)) });
    const refer = (known: Known, key: string, line: EvidenceLine): LineReference => {
      let place = known.get(key);
      if (!place) {
        known.set(key, (place = add(line)));
        undo.push(() => known.delete(key));
      }
      return place.file === file ? place.line : formatPlace(place);
    };
    const place = add(
      caseLine(id, evidence, {
        exchange: (exchange) => refer(exchangePlaces, exchange.id, { line: 'exchange', ...exchange }),
        shared: (transcript) => refer(sharedPlaces, JSON.stringify(transcript), { line: 'shared', transcript }),
      }),
    );
    // After a failed write, the lines of the file are counted again.
    counts.delete(file);
    try {
      appendWhole(path, `${lines.join('\n')}\n`, files);
    } catch (error) {
      for (const each of undo) each();
      throw error;
    }
    counts.set(file, place.line);
    return formatPlace(place);
  };
}

interface References {
  readonly exchange: (exchange: Evidence['exchanges'][number]) => LineReference;
  readonly shared: (transcript: Evidence['transcript']) => LineReference;
}

function caseLine(id: string, { exchanges, transcript }: Evidence, references: References): CaseEvidenceLine {
  const shared = Object.entries(transcript.shared).map(([key, inner]) => [key, references.shared(inner)] as const);
  return {
    line: 'case',
    id,
    exchanges: exchanges.map(references.exchange),
    transcript: { ...transcript, shared: Object.fromEntries(shared) },
  };
}

/** Returns the number of lines in the file; terminates an incomplete last line, which a kill may leave. */
function prepare(folder: string, file: string, files: FileSystem): number {
  makeFolderIn(folder, dirname(file), files);
  const path = join(folder, file);
  if (!existsSync(path)) {
    createIfMissing(path, files);
    return 0;
  }
  const content = readFileSync(path);
  const isCut = content.length > 0 && content.at(-1) !== newline;
  if (isCut) appendWhole(path, '\n', files);
  return content.reduce((count, byte) => count + Number(byte === newline), 0) + Number(isCut);
}

const newline = 10;
