/**
 * The lines of `ledger.ndjson`: what the run creates and removes. An intent is written before the request is sent.
 */
import type { Of } from './declaration.ts';
import { define, literal, note, object, optional, tagged, text, time } from './declare.ts';
import { identityName } from './shared.ts';

const always = {
  type: text,
  name: text,
  at: note('ISO 8601 with milliseconds, UTC.', time),
  where: optional(
    note(
      'The Keystone in which users and projects were created, whose entries do not name the target otherwise.',
      text,
    ),
  ),
};
const existing = {
  ...always,
  id: text,
  identity: optional(note('The identity that created it and removes it; the member when missing.', identityName)),
};

const sentAs = optional(
  note(
    'The name in the request as JSON, at most 200 characters, where a check sends another value than a name of the run.',
    text,
  ),
);
const intent = object({ event: literal('intent'), ...always, sentAs });
const refused = object({ event: literal('refused'), ...always, sentAs });
const created = object({ event: literal('created'), ...existing });
const removed = object({ event: literal('removed'), ...existing });

interface IntentEntry extends Of<typeof intent> {}
interface RefusedEntry extends Of<typeof refused> {}
interface CreatedEntry extends Of<typeof created> {}
interface RemovedEntry extends Of<typeof removed> {}
export type LedgerEntry = IntentEntry | RefusedEntry | CreatedEntry | RemovedEntry;

export const ledgerEntry = define<LedgerEntry>(
  'ledgerEntry',
  tagged(
    'event',
    note('The request is about to be sent.', intent),
    note('Nothing was created.', refused),
    created,
    removed,
  ),
);
