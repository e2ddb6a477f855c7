/** Parses one line of a journal. */
import { jsonObject, type Json } from '../json.ts';
import type { JournalLine } from './journal.ts';
import { parserOf, type Parsed, type Parser } from './parser.ts';

const parsers = {
  run: parserOf('runLine'),
  earlier: parserOf('earlierLine'),
  case: parserOf('caseLine'),
  confirmation: parserOf('confirmationLine'),
  inventory: parserOf('inventoryLine'),
  end: parserOf('endLine'),
} satisfies Readonly<Record<JournalLine['line'], Parser<JournalLine>>>;

export function parseJournalLine(value: Json): Parsed<JournalLine> {
  const { line } = jsonObject(value);
  if (isKind(line)) return parsers[line](value);
  return { is: 'invalid', pointer: '/line', expected: `one of ${Object.keys(parsers).join(', ')}` };
}

function isKind(line: Json | undefined): line is JournalLine['line'] {
  return typeof line === 'string' && Object.hasOwn(parsers, line);
}
