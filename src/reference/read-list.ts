/**
 * The content of `rest_parameters` and `rest_status_code`: a list of one-pair mappings, `- name: value`.
 *
 * Read line by line rather than as YAML, so that one mistake loses one item and not the block, and so that names such
 * as `404`, `yes` and `null` stay text.
 */
import { quoted, type Position, type Report } from '../diagnostic.ts';
import type { SourceLine } from './source-lines.ts';

export interface ListItem {
  readonly name: string;
  /** Missing for an item that is a single word. */
  readonly value?: string;
  readonly at: Position;
}

const PAIR = /^("[^"]+"|'[^']+'|[^\s[{&*!|>%@`]\S*?)\s*:\s+("[^"]+"|'[^']+'|[^\s[{&*!|>%@`]\S*)\s*(?:\s#.*)?$/;
const WORD = /^("[^"]+"|'[^']+'|[^\s:[{&*!|>%@`][^\s:]*)\s*(?:\s#.*)?$/;
const EXPECTED = '- name: reference';

export function readList(content: readonly SourceLine[], report: Report): readonly ListItem[] {
  const items: ListItem[] = [];
  let dashAlone = false;
  for (const line of content) {
    if (line.text === '' || line.text.startsWith('#')) continue;
    const dash = /^-\s+/.exec(line.text)?.[0].length;
    const item = itemOf(line.text.slice(dash ?? 0), { ...line.at, column: line.at.column + (dash ?? 0) });
    const begins = dash !== undefined || dashAlone;
    const follows = !begins && item?.value !== undefined && items.length > 0;
    if (item && follows) reportSecondPair(item, report);
    if (item && (begins || follows)) items.push(item);
    else if (line.text !== '-') reportMalformed(line, report);
    dashAlone = line.text === '-';
  }
  return items;
}

function itemOf(text: string, at: Position): ListItem | undefined {
  const [, name, value] = PAIR.exec(text) ?? [];
  if (name !== undefined && value !== undefined && !name.startsWith('-'))
    return { name: unquoted(name), value: unquoted(value), at };
  const word = WORD.exec(text)?.[1];
  return word === undefined || word.startsWith('-') ? undefined : { name: unquoted(word), at };
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) && text.length > 1 ? text.slice(1, -1) : text;
}

function reportSecondPair({ name, at }: ListItem, report: Report): void {
  const message = `${quoted(name)} is a second pair of the item above; it is read as an item of its own`;
  report({ severity: 'warning', code: 'several-pairs', at, message, expected: `a dash before it: ${EXPECTED}` });
}

function reportMalformed({ at, text }: SourceLine, report: Report): void {
  const message = `${quoted(text)} is not an item`;
  report({ severity: 'error', code: 'malformed-item', at, message, expected: EXPECTED });
}
