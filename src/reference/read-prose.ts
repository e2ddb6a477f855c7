/** Running text: paragraphs, list items, literal blocks, tables, bold lines and response-code statements. */
import type { Report } from '../diagnostic.ts';
import type { Block } from './block.ts';
import { boldText, codeLabel, endsParagraph } from './block-starts.ts';
import { passageOf } from './passage.ts';
import { endOfIndented } from './read-markup.ts';
import type { Recognised, Recognising } from './recognised.ts';
import { lineFrom, type SourceLine } from './source-lines.ts';

const BULLET = /^(?:[-*+]|\(?(?:\d{1,3}|#)[.)])\s+(?=\S)/;
const LISTED_CODE = /^([-*+]\s+)(?:\w+\s*\(\s*)?\d{3}\b/;
const GRID_TABLE = /^\+[-=]/;
const SIMPLE_TABLE = /^=+(?:\s+=+)+$/;
const NEAR_LABEL =
  /^(?:normal|success\w*|errors?)\s+(?:\w+\s+){0,2}(?:re\w*ses?|codes?|status\w*)\s*[:;=-]?\s*(?:\d{3}\s*(?:$|[,(])|\w+\s*\(\d{3}\))/i;

export function readTable(lines: readonly SourceLine[], index: number): Recognised | undefined {
  const line = lines[index];
  if (!line || !(GRID_TABLE.test(line.text) || SIMPLE_TABLE.test(line.text))) return undefined;
  const simple = SIMPLE_TABLE.test(line.text);
  let next = index + 1;
  while (next < lines.length && (lines[next]?.text !== '' || (simple && !isClosed(lines, next)))) next++;
  return { blocks: [literalOf(line, lines.slice(index + 1, next))], next };
}

/** A simple table ends at a blank line after a border other than its first. */
function isClosed(lines: readonly SourceLine[], blank: number): boolean {
  return SIMPLE_TABLE.test(lines[blank - 1]?.text ?? '');
}

export function readBold(lines: readonly SourceLine[], index: number): Recognised | undefined {
  const line = lines[index];
  const text = line && boldText(line.text);
  return line && text !== undefined ? { blocks: [{ kind: 'bold', text, at: line.at }], next: index + 1 } : undefined;
}

export function readCodeStatement(
  lines: readonly SourceLine[],
  index: number,
  { report }: Recognising,
): Recognised | undefined {
  const line = lines[index];
  if (!line) return undefined;
  const label = codeLabel(line.text);
  if (!label) {
    reportNearLabel(line, report);
    return undefined;
  }
  const listed = lineFrom(line, label.length).text === '' ? codesListed(lines, index + 1) : undefined;
  if (listed) {
    const blocks = listed.items.map((item): Block => ({ kind: 'codes', of: label.of, passage: passageOf(item, []) }));
    return { blocks, next: listed.next };
  }
  const next = endOfText(lines, index + 1);
  const passage = passageOf(lineFrom(line, label.length), lines.slice(index + 1, next));
  return { blocks: [{ kind: 'codes', of: label.of, passage }], next };
}

/** Where nothing follows the label: the items of the list below, each of which begins with a code or its name. */
function codesListed(
  lines: readonly SourceLine[],
  start: number,
): { readonly items: readonly SourceLine[]; readonly next: number } | undefined {
  const items: SourceLine[] = [];
  let next = start;
  for (let index = start; index < lines.length; index++) {
    const line = lines[index];
    const item = line && LISTED_CODE.exec(line.text);
    if (line?.text === '') continue;
    if (!line || !item) break;
    items.push(lineFrom(line, item[1]?.length ?? 0));
    next = index + 1;
  }
  return items.length > 0 ? { items, next } : undefined;
}

function reportNearLabel({ text, at }: SourceLine, report: Report): void {
  if (!NEAR_LABEL.test(text)) return;
  const message = 'this looks like a statement of response codes, but is read as prose';
  const expected = 'the label "Normal response codes:" or "Error response codes:"';
  report({ severity: 'error', code: 'misspelt-label', at, message, expected });
}

/** A paragraph or a list item, with the literal block that its last two colons announce. */
export function readProse(lines: readonly SourceLine[], index: number, { flattened }: Recognising): Recognised {
  const line = lines[index];
  if (!line || line.text === '' || line.text === '|') return { blocks: [], next: index + 1 };
  const bullet = BULLET.exec(line.text)?.[0];
  const next = endOfText(lines, index + 1, (later) => {
    if (bullet === undefined) return later.indent >= line.indent;
    return later.indent > line.indent || (flattened && !BULLET.test(later.text));
  });
  const first =
    bullet === undefined ? lineFrom(line, line.text.startsWith('| ') ? 2 : 0) : lineFrom(line, bullet.length);
  const passage = passageOf(first, lines.slice(index + 1, next));
  const prose: readonly Block[] = passage.text === '::' ? [] : [{ kind: 'prose', passage }];
  if (!passage.text.endsWith('::')) return { blocks: prose, next };
  const end = endOfIndented(lines, next, line.indent);
  const literal = lines.slice(next, end).filter(({ text }) => text !== '');
  const [head, ...rest] = literal;
  return head ? { blocks: [...prose, literalOf(head, rest)], next: end } : { blocks: prose, next };
}

function literalOf(first: SourceLine, rest: readonly SourceLine[]): Block {
  return { kind: 'literal', passage: passageOf(first, rest) };
}

function endOfText(
  lines: readonly SourceLine[],
  start: number,
  belongs: (line: SourceLine) => boolean = () => true,
): number {
  let end = start;
  for (let line = lines[end]; line && belongs(line) && !endsParagraph(lines, end); line = lines[end]) end++;
  return end;
}
