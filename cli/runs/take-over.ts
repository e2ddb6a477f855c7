/** Copies what other runs left on disk into a run folder: evidence, with ids that say where it is from, and ledgers. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseId } from '../../src/conformance/plan-cases.ts';
import type { CaseLine } from '../../src/report/journal.ts';
import { evidenceFrom } from '../../src/report/parts/from-run.ts';
import { evidenceIn } from '../run/evidence-file.ts';
import type { RunFolder } from '../run/run-folder.ts';

type LineWithEvidence = Pick<CaseLine, 'id' | 'evidence'>;

/** Takes over the evidence of a line; the line as it is in the folder `to`. */
type TakeOver = <T extends LineWithEvidence>(line: T) => T;

/** `from`: the folder of a run; `run`: the name that its exchanges get. @throws UsageError when evidence cannot be read */
export function takingOver(from: string, run: string, to: RunFolder): TakeOver {
  const read = evidenceIn(from);
  return (line) => {
    const { id, evidence: place } = line;
    if (place === undefined) return line;
    const kept = evidenceFrom(run, read(id, place));
    return { ...line, evidence: to.keepEvidence({ id: id as CaseId, ...kept }) };
  };
}

/** Whole lines only: the last one may have been cut off. */
export function ledgerText(folder: string): string {
  const file = join(folder, 'ledger.ndjson');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text.slice(0, text.lastIndexOf('\n') + 1);
}
