/** The words that references use for types, and what they mean. */
export type DocumentedType = 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'null' | 'unknown';

const meanings: ReadonlyMap<string, DocumentedType> = new Map([
  ['string', 'string'],
  ['str', 'string'],
  ['text', 'string'],
  ['uuid', 'string'],
  ['enum', 'string'],
  ['datetime', 'string'],
  ['date-time', 'string'],
  ['datestamp', 'string'],
  ['timestamp', 'string'],
  ['hostname', 'string'],
  ['domainname', 'string'],
  ['ip', 'string'],
  ['key-only', 'string'],
  ['integer', 'integer'],
  ['int', 'integer'],
  ['float', 'number'],
  ['number', 'number'],
  ['boolean', 'boolean'],
  ['bool', 'boolean'],
  ['array', 'array'],
  ['list', 'array'],
  ['object', 'object'],
  ['dict', 'object'],
  ['json', 'object'],
  ['none', 'null'],
  ['null', 'null'],
] as const);

/** `key-only, no value expected` counts by its first word, `list of lists` too. */
export function documentedType(text: string): DocumentedType {
  const word = /^[a-z-]+/.exec(text.trim().toLowerCase())?.[0] ?? '';
  return meanings.get(word) ?? 'unknown';
}
