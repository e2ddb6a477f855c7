/** What the product reads back: the declarations from which the build makes parsers, by the names of those. */
import { baseline } from './baseline.ts';
import { caseEvidenceLine, exchangeLine, sharedLine } from './evidence.ts';
import { ledgerEntry } from './ledger.ts';
import { manifest } from './manifest.ts';
import { running } from './running.ts';
import { statement } from './statement.ts';
import { caseLine, confirmationLine, earlierLine, endLine, inventoryLine, runLine } from './journal.ts';

export const parsed = {
  runLine,
  earlierLine,
  caseLine,
  confirmationLine,
  inventoryLine,
  endLine,
  exchangeLine,
  sharedLine,
  caseEvidenceLine,
  ledgerEntry,
  manifest,
  statement,
  baseline,
  running,
};
