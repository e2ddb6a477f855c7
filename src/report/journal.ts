/** The journal of a run as read back, and how its lines are written. */
import type {
  CaseLine,
  ConfirmationLine,
  EarlierLine,
  EndLine,
  InventoryLine,
  JournalLine,
  RunLine,
} from '../records/journal.ts';
import { boundVerdict } from './bound-json.ts';

/** A journal as read back. */
export interface Journal {
  readonly header: RunLine;
  /** Missing where the run does not continue another. */
  readonly earlier?: readonly EarlierLine[];
  readonly results: readonly CaseLine[];
  /** In the order in which they were made; missing where there are none. */
  readonly confirmations?: readonly ConfirmationLine[];
  /** Missing in the journals of older releases. */
  readonly inventories?: readonly InventoryLine[];
  readonly footer?: EndLine;
  /** Number of unusable lines; a last line that was cut short by a kill does not count. */
  readonly lostLines: number;
}

/** The line with its newline. Values from the target are truncated to a size that can be written and read. */
export function formatJournalLine(line: JournalLine): string {
  const safe = 'verdict' in line ? { ...line, verdict: boundVerdict(line.verdict) } : line;
  return `${JSON.stringify(safe)}\n`;
}
