/**
 * The plain form of YAML in which parameters are defined, read ten times faster than all of YAML can be: keys with
 * fields, fields with one-line or block scalars, anchors on keys and merges of them.
 *
 * Anything beyond it, and anything that is wrong, gives undefined: `yaml.ts` then reads the whole text with the
 * library. A test holds both to the same nodes.
 */
import type { Position } from './diagnostic.ts';
import type { YamlEntry, YamlMap } from './yaml.ts';

const KEY = /^([A-Za-z0-9_](?:[\w.-]|:(?=[\w.-]))*):(?: +&([\w-]+))? *$/;
const FIELD = /^( +)([A-Za-z0-9_](?:[\w.-]|:(?=[\w.-]))*): +(\S.*)$/;
const MERGE = /^( +)<<: +\*([\w-]+) *$/;
const PLAIN = /^[A-Za-z0-9_/(](?:[^:#]|:(?=\S)|(?<=\S)#)*$/;
const QUOTED = /^(?:"([^"\\]*)"|'([^']*)')$/;
const BLOCK = /^([|>])(-?)$/;

export function readPlainYaml(text: string, file: string): YamlMap | undefined {
  if (/[\t\r\uFEFF]/.test(text)) return undefined;
  const reading: Reading = { lines: text.split('\n'), file, anchors: new Map(), next: 0 };
  const entries = new Map<string, YamlEntry>();
  for (let match = nextMatch(reading, KEY); match; match = nextMatch(reading, KEY)) {
    const [, key = '', anchor] = match;
    const at = placed(reading, 1);
    reading.next++;
    const value = readFields(reading);
    if (!value || entries.has(key)) return undefined;
    if (anchor !== undefined) reading.anchors.set(anchor, value);
    entries.set(key, { key, at, value });
  }
  const [first] = entries.values();
  return first && reading.next === reading.lines.length ? mapOf([...entries.values()], first.at) : undefined;
}

interface Reading {
  readonly lines: readonly string[];
  readonly file: string;
  readonly anchors: Map<string, YamlMap>;
  /** The index of the line to read next. */
  next: number;
}

/** Matches the next line that is neither blank nor a comment, and moves there. */
function nextMatch(reading: Reading, form: RegExp): RegExpExecArray | null {
  while (reading.next < reading.lines.length && isSkipped(reading.lines[reading.next] ?? '')) reading.next++;
  return form.exec(reading.lines[reading.next] ?? '');
}

function isSkipped(line: string): boolean {
  return /^ *(?:#.*)?$/.test(line);
}

function readFields(reading: Reading): YamlMap | undefined {
  const own = new Map<string, YamlEntry>();
  const merged: YamlEntry[] = [];
  let start: Position | undefined;
  for (let match = nextField(reading); match; match = nextField(reading)) {
    const [, indent = '', name = '', rest] = match;
    const at = placed(reading, indent.length + 1);
    start ??= at;
    if (indent.length + 1 !== start.column) return undefined;
    if (rest === undefined) {
      const source = reading.anchors.get(name);
      if (!source) return undefined;
      merged.push(...source.entries);
      reading.next++;
    } else {
      const value = readValue(reading, rest, indent.length, at.column + match[0].length - indent.length - rest.length);
      if (!value || own.has(name)) return undefined;
      own.set(name, { key: name, at, value });
    }
  }
  for (const entry of merged) if (!own.has(entry.key)) own.set(entry.key, entry);
  return start && mapOf([...own.values()], start);
}

function nextField(reading: Reading): RegExpExecArray | null {
  return nextMatch(reading, FIELD) ?? MERGE.exec(reading.lines[reading.next] ?? '');
}

function readValue(reading: Reading, source: string, indent: number, column: number): YamlEntry['value'] | undefined {
  const at = placed(reading, column);
  reading.next++;
  const [, style, chomping] = BLOCK.exec(source) ?? [];
  const text =
    style === undefined ? readLine(reading, source.replace(/ +$/, ''), indent) : readBlock(reading, style, indent);
  if (text === undefined) return undefined;
  return { kind: 'text', text: style === undefined || chomping === '-' ? text : `${text}\n`, at };
}

/** A scalar on one line; one that goes on below is not plain. */
function readLine({ lines, next }: Reading, source: string, indent: number): string | undefined {
  let below = next;
  while (isBlank(lines[below])) below++;
  if (indentOf(lines[below] ?? '') > indent) return undefined;
  const quoted = QUOTED.exec(source);
  if (quoted) return quoted[1] ?? quoted[2];
  return PLAIN.test(source) && !source.endsWith(':') ? source : undefined;
}

/** A block scalar without its last line feed. */
function readBlock(reading: Reading, style: string, indent: number): string | undefined {
  const inner = indentOf(reading.lines[reading.next] ?? '');
  const content: string[] = [];
  let end = reading.next;
  for (; end < reading.lines.length; end++) {
    const line = reading.lines[end] ?? '';
    if (isBlank(line) ? line.length > inner : indentOf(line) < inner) break;
    content.push(line.slice(inner));
  }
  const after = reading.lines[end];
  if (inner <= indent || content[0] === '' || (after !== undefined && indentOf(after) > indent)) return undefined;
  reading.next = end;
  while (content.at(-1) === '') content.pop();
  return style === '|' ? content.join('\n') : folded(content);
}

/** Lines joined by blanks, blank lines to line feeds; lines that are indented further are not plain. */
function folded(content: readonly string[]): string | undefined {
  if (content.some((line) => line.startsWith(' '))) return undefined;
  let text = '';
  content.forEach((line, index) => {
    const isBreak = line === '' || content[index - 1] === '';
    text += index === 0 ? line : `${line === '' ? '\n' : isBreak ? '' : ' '}${line}`;
  });
  return text;
}

/** Blanks only; YAML counts no other character as one. */
function isBlank(line: string | undefined): boolean {
  return line !== undefined && /^ *$/.test(line);
}

function indentOf(line: string): number {
  const indent = line.search(/[^ ]/);
  return indent < 0 ? line.length : indent;
}

function placed({ file, next }: Reading, column: number): Position {
  return { file, line: next + 1, column };
}

function mapOf(entries: readonly YamlEntry[], at: Position): YamlMap {
  return { kind: 'map', entries, at };
}
