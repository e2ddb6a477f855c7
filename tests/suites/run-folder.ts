/** Reads the files of a run folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evidenceIn } from '../../cli/run/evidence-file.ts';
import type { Exchange } from '../../src/client/exchange.ts';
import type { LedgerEntry } from '../../src/records/ledger.ts';
import type { JournalLine } from '../../src/records/journal.ts';
import type { RunReport } from '../../src/records/report.ts';

export interface Kept {
  readonly report: RunReport;
  readonly journal: readonly JournalLine[];
  readonly ledger: readonly LedgerEntry[];
  /** By path in the folder. */
  readonly evidence: ReadonlyMap<string, readonly Exchange[]>;
  readonly files: readonly string[];
  /** The concatenated text of all files. */
  readonly everything: string;
}

export function readRunFolder(folder: string): Kept {
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  const journal = linesOf<JournalLine>(text('journal.ndjson'));
  // A killed run may leave an incomplete line of a case.
  const cases = journal.flatMap((line) => (line.line === 'case' || line.line === 'confirmation' ? [line] : []));
  const read = evidenceIn(folder);
  return {
    report: JSON.parse(text('report.json')) as RunReport,
    journal,
    ledger: existsSync(join(folder, 'ledger.ndjson')) ? linesOf<LedgerEntry>(text('ledger.ndjson')) : [],
    evidence: new Map(
      cases.flatMap(({ id, evidence: place }) => (place === undefined ? [] : [[place, read(id, place).exchanges]])),
    ),
    files,
    everything: files.map(text).join('\n'),
  };
}

function linesOf<T>(text: string): readonly T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
