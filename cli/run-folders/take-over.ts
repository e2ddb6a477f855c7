/**
 * Copies evidence and ledgers of other runs into a run folder; the ids of the evidence name the run that it is from.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseId } from '../../src/planning/plan-cases.ts';
import type { CaseLine } from '../../src/records/journal.ts';
import { evidenceFrom } from '../../src/report/parts/from-run.ts';
import { evidenceIn } from '../run/evidence-file.ts';
import type { RunFolder } from '../run/run-folder.ts';

type LineWithEvidence = Pick<CaseLine, 'id' | 'evidence'>;

/** Copies the evidence of a line; returns the line as it is in the folder `to`. */
type TakeOver = <T extends LineWithEvidence>(line: T) => T;

/** `from`: the folder of a run; `run`: the name for its exchanges. @throws UsageError when evidence is unreadable */
export function takingOver(from: string, run: string, to: RunFolder): TakeOver {
  const read = evidenceIn(from);
  return (line) => {
    const { id, evidence: place } = line;
    if (place === undefined) return line;
    const copied = evidenceFrom(run, read(id, place));
    return { ...line, evidence: to.keepEvidence({ id: id as CaseId, ...copied }) };
  };
}

/** The complete lines of a ledger: the last one may be cut off. */
export function ledgerText(folder: string): string {
  const file = join(folder, 'ledger.ndjson');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text.slice(0, text.lastIndexOf('\n') + 1);
}
