/** Reads what a run left in its folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Exchange } from '../../src/client/exchange.ts';
import type { Evidence } from '../../src/conformance/reevaluate.ts';
import type { LedgerEntry } from '../../src/conformance/ledger.ts';
import type { JournalLine } from '../../src/report/journal.ts';
import type { RunReport } from '../../src/report/record.ts';

export interface Kept {
  readonly report: RunReport;
  readonly journal: readonly JournalLine[];
  readonly ledger: readonly LedgerEntry[];
  /** By path in the folder. */
  readonly evidence: ReadonlyMap<string, readonly Exchange[]>;
  readonly files: readonly string[];
  /** The text of every file, one after the other. */
  readonly everything: string;
}

export function readRunFolder(folder: string): Kept {
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  const journal = linesOf<JournalLine>(text('journal.ndjson'));
  // A run that was killed may leave half a file of a case that it never told of.
  const evidence = journal.flatMap((line) => (line.line === 'case' ? (line.evidence ?? []) : []));
  return {
    report: JSON.parse(text('report.json')) as RunReport,
    journal,
    ledger: existsSync(join(folder, 'ledger.ndjson')) ? linesOf<LedgerEntry>(text('ledger.ndjson')) : [],
    evidence: new Map(evidence.map((name) => [name, (JSON.parse(text(name)) as Evidence).exchanges])),
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
