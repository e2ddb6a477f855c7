/**
 * YAML to text scalars with positions.
 *
 * Every scalar stays text: as numbers, 2.10 and 2.100 would both be 2.1. Merge keys (`<<`) are honoured, aliases are
 * followed. What is wrong becomes diagnostics; nothing throws. This is the only module that knows the `yaml` library;
 * `yaml-fields.ts` reads typed fields from the nodes.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Pair,
  type ParsedNode,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { excerpt, type Diagnostic, type Position } from './diagnostic.ts';
import { linePositions } from './line-positions.ts';

export type YamlNode = YamlText | YamlList | YamlMap;

export interface YamlText {
  readonly kind: 'text';
  /** Empty for a key without a value. */
  readonly text: string;
  readonly at: Position;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly at: Position;
}

export interface YamlMap {
  readonly kind: 'map';
  /** In the order of the file, merged entries last; keys are unique. */
  readonly entries: readonly YamlEntry[];
  readonly at: Position;
}

export interface YamlEntry {
  readonly key: string;
  readonly at: Position;
  readonly value: YamlNode;
}

export interface YamlFile {
  /** Missing for an empty file, and where the text cannot be read at all. */
  readonly root: YamlNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** More syntax errors than this are reported as one: after so many the rest says nothing new. */
const MOST_SYNTAX_ERRORS = 100;

/** No file that people write nests deeper; readers of the nodes recurse. */
const DEEPEST = 100;

export function parseYaml(source: string, file: string): YamlFile {
  const other = otherEncoding(source);
  if (other !== undefined) {
    const message = `the file is not UTF-8 text: ${other}`;
    const at = { file, line: 1, column: 1 };
    const expected = 'UTF-8; save it as that';
    return { root: undefined, diagnostics: [{ severity: 'error', code: 'encoding', at, message, expected }] };
  }
  // Editors on Windows begin a file with a byte order mark, which is no part of the text.
  const text = source.replace(/^\uFEFF/, '');
  return parseText(text, file);
}

/** Bytes of UTF-16 that were read as UTF-8: every other one is zero, and their byte order mark is no character. */
function otherEncoding(source: string): string | undefined {
  if (source.startsWith('\uFFFD\uFFFD')) return 'it begins with the byte order mark of UTF-16';
  return source.includes('\0') ? 'it has bytes of zero, as UTF-16 has' : undefined;
}

/** `text` has no byte order mark. */
function parseText(text: string, file: string): YamlFile {
  const place = linePositions(text, file);
  try {
    const document = parseDocument(text, {
      schema: 'failsafe',
      merge: true,
      uniqueKeys: false,
      prettyErrors: false,
      // The level below would also silence the error about a second document.
      logLevel: 'error',
    });
    const found = syntaxErrors(document.errors, place);
    const reading: Reading = { place, anchors: new Map(), open: new Set(), found, depth: 0 };
    return { root: document.contents ? nodeOf(document.contents, reading) : undefined, diagnostics: found };
  } catch (cause) {
    const reason = cause instanceof RangeError ? 'it is nested too deeply' : String(cause);
    return { root: undefined, diagnostics: [syntaxError(place(0), `the file cannot be read: ${reason}`)] };
  }
}

/** What is known while one document is turned into nodes. */
interface Reading {
  readonly place: (offset: number) => Position;
  readonly anchors: Map<string, YamlNode>;
  /** Anchors of the nodes that are being read: an alias to one of them would never end. */
  readonly open: Set<string>;
  readonly found: Diagnostic[];
  depth: number;
}

function nodeOf(source: ParsedNode, reading: Reading): YamlNode {
  const at = reading.place(source.range[0]);
  if (isAlias(source)) return followAlias(source.source, at, reading);
  const { anchor } = source;
  if (anchor !== undefined) reading.open.add(anchor);
  reading.depth++;
  const isDeep = reading.depth > DEEPEST && !isScalar(source);
  const node = isDeep ? tooDeep(at, reading) : collectionOrText(source, at, reading);
  reading.depth--;
  if (anchor !== undefined) {
    reading.open.delete(anchor);
    reading.anchors.set(anchor, node);
  }
  return node;
}

function collectionOrText(source: ParsedNode, at: Position, reading: Reading): YamlNode {
  if (isMap<ParsedNode, ParsedNode | null>(source)) return { kind: 'map', entries: entriesOf(source, reading), at };
  if (isSeq<ParsedNode>(source)) return { kind: 'list', items: source.items.map((item) => nodeOf(item, reading)), at };
  return { kind: 'text', text: isScalar(source) && typeof source.value === 'string' ? source.value : '', at };
}

function tooDeep(at: Position, { found }: Reading): YamlNode {
  const message = `this nests deeper than ${DEEPEST} levels and is not read`;
  found.push({ severity: 'error', code: 'yaml-depth', at, message, expected: 'a flatter file' });
  return { kind: 'text', text: '', at };
}

function followAlias(anchor: string, at: Position, { anchors, open, found }: Reading): YamlNode {
  const node = anchors.get(anchor);
  if (node && !open.has(anchor)) return node;
  const message = open.has(anchor)
    ? `the alias *${anchor} stands inside its own anchor`
    : `no anchor &${anchor} precedes`;
  found.push({ severity: 'error', code: 'yaml-alias', at, message, expected: 'an alias of an anchor above it' });
  return { kind: 'text', text: '', at };
}

function entriesOf(source: YAMLMap<ParsedNode, ParsedNode | null>, reading: Reading): readonly YamlEntry[] {
  const own = new Map<string, YamlEntry>();
  const merged: YamlEntry[] = [];
  for (const pair of source.items) {
    const value = valueOf(pair, reading);
    if (isMergeKey(pair.key)) merged.push(...mergedEntries(value, reading));
    else addOwn(pair.key, value, own, reading);
  }
  for (const entry of merged) if (!own.has(entry.key)) own.set(entry.key, entry);
  return [...own.values()];
}

function valueOf({ key, value }: Pair<ParsedNode, ParsedNode | null>, reading: Reading): YamlNode {
  return value ? nodeOf(value, reading) : { kind: 'text', text: '', at: reading.place(key.range[1]) };
}

function addOwn(source: ParsedNode, value: YamlNode, own: Map<string, YamlEntry>, reading: Reading): void {
  const key = nodeOf(source, reading);
  if (key.kind !== 'text') {
    const message = `a ${key.kind} stands where a key is needed`;
    reading.found.push({ severity: 'error', code: 'yaml-key', at: key.at, message, expected: 'plain text as the key' });
    return;
  }
  const earlier = own.get(key.text);
  if (earlier) {
    const message = `the key ${excerpt(key.text)} is repeated, and the one of line ${earlier.at.line} is lost`;
    reading.found.push({ severity: 'error', code: 'duplicate-key', at: key.at, message, expected: 'each key once' });
  }
  own.set(key.text, { key: key.text, at: key.at, value });
}

/** The library marks a merge key by a symbol as its value; a quoted "<<" is an ordinary key. */
function isMergeKey(key: ParsedNode): boolean {
  return isScalar(key) && typeof key.value === 'symbol';
}

/** Of several merged maps the first that has a key gives it. */
function mergedEntries(value: YamlNode, reading: Reading): readonly YamlEntry[] {
  if (value.kind === 'map') return value.entries;
  if (value.kind === 'list') return value.items.flatMap((item) => mergedEntries(item, reading));
  // An alias that leads nowhere has been reported already.
  if (reading.found.some(({ at }) => at === value.at)) return [];
  const message = 'the merge key << has no map';
  reading.found.push({ severity: 'error', code: 'yaml-merge', at: value.at, message, expected: 'an alias of a map' });
  return [];
}

/** One per line: those that follow on the same line are about the same mistake. */
function syntaxErrors(errors: readonly YAMLError[], place: Reading['place']): Diagnostic[] {
  const byLine = new Map<number, Diagnostic>();
  for (const { message, pos } of errors) {
    const at = place(pos[0]);
    if (byLine.size === MOST_SYNTAX_ERRORS) {
      byLine.set(at.line, syntaxError(at, 'there are more syntax errors from here on'));
      break;
    }
    if (!byLine.has(at.line)) byLine.set(at.line, syntaxError(at, message));
  }
  return [...byLine.values()];
}

function syntaxError(at: Position, message: string): Diagnostic {
  const line = (message.split('\n')[0] ?? '').replace(/\.$/, '');
  return { severity: 'error', code: 'yaml-syntax', at, message: `YAML: ${line}`, expected: 'well-formed YAML 1.2' };
}
