/** JSON with the place of the first mistake, which `JSON.parse` does not always report. */
import type { Json } from '../json.ts';

export type JsonText = { readonly value: Json } | { readonly mistake: string; readonly offset: number };

/** Deeper values than this are refused: no API answers so, and readers of them recurse. */
const DEEPEST = 100;

export function parseJson(text: string): JsonText {
  if (nestsTooDeep(text)) return { mistake: `it nests deeper than ${DEEPEST} levels`, offset: 0 };
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return { mistake: 'it is not JSON', offset: firstMistake(text) };
  }
}

/** Brackets in texts count as well: a sample with so many of them is no sample. */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (let offset = 0; offset < text.length; offset++) {
    // The codes of [ and ] differ from those of { and } by one bit.
    const bracket = text.charCodeAt(offset) & ~0x20;
    if (bracket === 0x5b) depth++;
    else if (bracket === 0x5d) depth--;
    if (depth > DEEPEST) return true;
  }
  return false;
}

const TOKEN =
  /\s*(?:([[{])|([\]}])|(,)|(:)|("(?:[^"\\\n\r\t]|\\["\\/bfnrtu])*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))/y;

/** What may come next: a value, a name, or a separator or the end of what is open. */
type Due = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'separator';

/** The offset of the first token that JSON does not allow at its place; the length of the text when it is cut off. */
function firstMistake(text: string): number {
  const open: string[] = [];
  let due: Due = 'value';
  let offset = 0;
  for (;;) {
    TOKEN.lastIndex = offset;
    const match = TOKEN.exec(text);
    const start = match ? offset + match[0].length - match[0].trimStart().length : skipBlanks(text, offset);
    if (!match) return start;
    const next = step(match, due, open);
    if (next === undefined) return start;
    due = next;
    offset = TOKEN.lastIndex;
    if (open.length === 0 && due === 'separator') return skipBlanks(text, offset);
  }
}

function step(match: RegExpExecArray, due: Due, open: string[]): Due | undefined {
  const [, begins, ends, comma, colon, text, word] = match;
  const wantsValue = due === 'value' || due === 'value-or-end';
  if (begins !== undefined) {
    if (!wantsValue) return undefined;
    open.push(begins === '{' ? '}' : ']');
    return begins === '{' ? 'name-or-end' : 'value-or-end';
  }
  if (ends !== undefined) {
    const mayEnd = due === 'separator' || due === 'value-or-end' || due === 'name-or-end';
    return mayEnd && open.pop() === ends ? 'separator' : undefined;
  }
  if (comma !== undefined) return due === 'separator' ? (open.at(-1) === '}' ? 'name' : 'value') : undefined;
  if (colon !== undefined) return due === 'colon' ? 'value' : undefined;
  if (text !== undefined && (due === 'name' || due === 'name-or-end')) return 'colon';
  return (text ?? word) !== undefined && wantsValue ? 'separator' : undefined;
}

function skipBlanks(text: string, offset: number): number {
  const rest = text.slice(offset).search(/\S/);
  return rest < 0 ? text.length : offset + rest;
}
