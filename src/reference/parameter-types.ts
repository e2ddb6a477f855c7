/** The words that references use for types of parameters. */
import { quoted, type Position, type Report } from '../diagnostic.ts';
import { nearWord } from '../near-word.ts';

/** Those that os-api-ref documents, with their long forms, and Nova's `none` for a value that is always null. */
const TYPES: readonly string[] = [
  'array',
  'boolean',
  'float',
  'int',
  'integer',
  'none',
  'number',
  'object',
  'string',
  'uuid',
];

/** Understood, but another word is meant for it. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  bool: 'boolean',
  datestamp: 'string',
  dict: 'object',
  domainname: 'string',
  enum: 'string',
  hostname: 'string',
  json: 'object',
  list: 'array',
  null: 'none',
  timestamp: 'string',
  'list of lists': 'array',
  'key-only (no value required)': 'string',
  'key-only, no value expected': 'string',
};

/** Reports a type that is not among the words; the empty text is reported elsewhere. */
export function checkType(type: string, at: Position, report: Report): void {
  if (type === '' || TYPES.includes(type)) return;
  const word = type.toLowerCase();
  const usual = TYPES.includes(word) ? word : Object.hasOwn(OTHER_WORDS, word) ? OTHER_WORDS[word] : undefined;
  if (usual !== undefined) {
    report({ severity: 'info', code: 'unusual-type', at, message: `the type is ${quoted(type)}`, expected: usual });
    return;
  }
  const expected = nearWord(type, TYPES) ?? `one of ${TYPES.join(', ')}`;
  report({ severity: 'warning', code: 'unknown-type', at, message: `${quoted(type)} is not a known type`, expected });
}
