/** Response codes in prose: `Normal response codes: 200 (microversions 2.0 - 2.100), 202 (microversion 2.101 - )`. */
import { quoted, type Report } from '../diagnostic.ts';
import type { CodeStatement } from './block.ts';
import { checkedCode, type CodeItem } from './checked-code.ts';
import type { StatusCode } from './model.ts';
import { positionIn } from './passage.ts';
import { readCodeRange } from './read-code-range.ts';

const NAMED = /([A-Za-z][\w-]*(?:\s+[A-Za-z][\w-]*){0,5})\s*\(\s*(\d+)\s*\)/y;
const BARE = /(\d+)(?!\w|\.\d)/y;
const RANGE = /\s*\(([^()]*)\)/y;
const COMMAS = /[\s,;]*/y;
/** Words in parentheses that mean to be microversions. */
const ABOUT_VERSIONS =
  /^\s*(?:(?:micro)?versions?\b|(?:since|from)\s+\S*\d|v?\d+\.|(?:or\s+)?(?:later|newer|earlier|older)\s*$)/i;
/** Running text after a code: why it comes. A word that joins another code to it is none. */
const WORDS = /\s+(?!(?:and|or)\b)[A-Za-z](?:\([^()]*\)|[^,;(])*/y;

/** Every item that can be read; the others are reported where they stand. */
export function readCodeStatement({ of, passage }: CodeStatement, report: Report): readonly StatusCode[] {
  const { text } = passage;
  const codes: StatusCode[] = [];
  let offset = after(COMMAS, text, 0);
  if (offset >= text.length) {
    const message = `there are no codes after the label`;
    report({
      severity: 'error',
      code: 'empty-statement',
      at: passage.at,
      message,
      expected: 'codes, such as 200, 404',
    });
  }
  while (offset < text.length) {
    const item = itemAt(text, offset);
    if (!item) {
      const end = endOfUnreadable(text, offset);
      reportUnreadable(statement(of), text.slice(offset, end), positionIn(passage, offset), report);
      offset = after(COMMAS, text, end);
      continue;
    }
    const code = codeOf(of, item, (at) => positionIn(passage, at), report);
    if (code) codes.push(code);
    const separated = after(COMMAS, text, item.end);
    if (separated < text.length && !/[,;]/.test(text.slice(item.end, separated)) && itemAt(text, separated)) {
      const message = 'a comma is missing before this code';
      report({
        severity: 'warning',
        code: 'missing-comma',
        at: positionIn(passage, separated),
        message,
        expected: ',',
      });
    }
    offset = /^\.\s*$/.test(text.slice(item.end)) ? text.length : separated;
  }
  return codes;
}

interface Item {
  readonly name?: string;
  readonly digits: string;
  readonly start: number;
  readonly end: number;
  /** What stands in parentheses after the code, and where. */
  readonly range?: { readonly text: string; readonly start: number };
  /** The words after the code, which say why it comes. */
  readonly reason?: string;
}

function itemAt(text: string, start: number): Item | undefined {
  const named = matchAt(NAMED, text, start);
  const bare = named ? null : matchAt(BARE, text, start);
  const match = named ?? bare;
  if (!match) return undefined;
  const end = start + match[0].length;
  const base = named
    ? { name: (named[1] ?? '').replace(/\s+/g, ' '), digits: named[2] ?? '', start, end }
    : { digits: match[1] ?? '', start, end };
  const range = matchAt(RANGE, text, end);
  if (!range) return /^\s*\(/.test(text.slice(end, end + 100)) ? undefined : withWords(base, text);
  const inside = end + range[0].indexOf('(') + 1;
  const said = { text: range[1] ?? '', start: inside };
  const after = { ...base, end: end + range[0].length };
  return ABOUT_VERSIONS.test(said.text) ? { ...after, range: said } : { ...after, reason: said.text.trim() };
}

/** `404 if there is none`: the words belong to the code, unless they are the name of the next. */
function withWords(item: Item, text: string): Item {
  if (matchAt(NAMED, text, after(COMMAS, text, item.end))) return item;
  const words = matchAt(WORDS, text, item.end);
  if (!words) return item;
  return { ...item, end: item.end + words[0].length, reason: words[0].replace(/\s+/g, ' ').trim() };
}

function codeOf(
  of: 'success' | 'error',
  { name, digits, start, range, reason }: Item,
  place: (offset: number) => StatusCode['at'],
  report: Report,
): StatusCode | undefined {
  const read = range && readCodeRange(range.text, place(range.start), report);
  const item: CodeItem = { kind: of, digits, at: place(start), ...(name !== undefined && { name }) };
  const code = checkedCode(item, report);
  if (!code || (range && !read)) return undefined;
  return { ...code, ...(read && { range: read }), ...(reason !== undefined && { reason }) };
}

function endOfUnreadable(text: string, start: number): number {
  let depth = 0;
  for (let offset = start; offset < text.length; offset++) {
    const character = text.charAt(offset);
    if (character === '(') depth++;
    else if (character === ')') depth = Math.max(depth - 1, 0);
    else if (character === ',' && depth === 0) return offset;
  }
  return depth > 0 && text.includes(',', start) ? text.indexOf(',', start) : text.length;
}

function statement(of: 'success' | 'error'): string {
  return of === 'error' ? 'name(code), such as itemNotFound(404)' : 'a code, such as 200';
}

function reportUnreadable(expected: string, text: string, at: StatusCode['at'], report: Report): void {
  const message = `${quoted(text)} cannot be read as a response code`;
  report({ severity: 'error', code: 'unreadable-code', at, message, expected });
}

function after(pattern: RegExp, text: string, offset: number): number {
  return offset + (matchAt(pattern, text, offset)?.[0].length ?? 0);
}

function matchAt(pattern: RegExp, text: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(text);
}
