/**
 * Copies of a reference that went through a web page have lost indentation and blank lines.
 *
 * What belongs to a directive is then known by its form alone: items begin with a dash, options with a colon, and a
 * note goes on until the next block.
 */
import { endsParagraph } from './block-starts.ts';
import { ADMONITIONS, LISTS } from './directive-names.ts';
import type { SourceLine } from './source-lines.ts';

const ITEM = /^-\s+\S/;
const PAIR = /^-\s+\S+:\s+\S/;
const OPTION = /^:[\w-]+:/;
const METHOD = /^[A-Za-z]+\s+\S*\//;
const VERSION = /^(?:min|max)_version:/;

/** Whether some directive of the file stands directly above its own content without indentation. */
export function isFlattened(lines: readonly SourceLine[]): boolean {
  return lines.some(({ text }, index) => {
    const next = lines[index + 1];
    if (!text.startsWith('.. ') || !next || next.indent > 0) return false;
    if (text.startsWith('.. rest_')) return ITEM.test(next.text);
    return text.startsWith('.. literalinclude') && OPTION.test(next.text);
  });
}

export interface Unindented {
  readonly name: string;
  readonly hasArgument: boolean;
  readonly hasContent: boolean;
  /** Whether the whole file is flattened. */
  readonly flattened: boolean;
}

/** The index after the unindented lines from `start` on that belong to the directive; `start` when none do. */
export function endOfUnindented(lines: readonly SourceLine[], start: number, directive: Unindented): number {
  if (LISTS.includes(directive.name)) return endOfItems(lines, start, directive.hasContent);
  if (directive.name === 'rest_method') return endOfMethod(lines, start, directive);
  if (ADMONITIONS.includes(directive.name)) return directive.flattened ? endOfText(lines, start) : start;
  return endOfRun(lines, start, OPTION);
}

function endOfItems(lines: readonly SourceLine[], start: number, hasContent: boolean): number {
  if (hasContent) return endOfRun(lines, start, PAIR);
  const first = afterBlanks(lines, start);
  let end = first;
  for (let next = first; ITEM.test(lines[next]?.text ?? ''); next = afterBlanks(lines, end)) {
    end = endOfRun(lines, next, ITEM);
  }
  return end === first ? start : end;
}

function endOfMethod(lines: readonly SourceLine[], start: number, { hasArgument, hasContent }: Unindented): number {
  if (hasContent) return start;
  const first = hasArgument ? start : afterBlanks(lines, start);
  const end = !hasArgument && METHOD.test(lines[first]?.text ?? '') ? first + 1 : first;
  const last = endOfRun(lines, end, VERSION);
  return last === first ? start : last;
}

function endOfText(lines: readonly SourceLine[], start: number): number {
  let end = start;
  while (end < lines.length && !endsParagraph(lines, end)) end++;
  return end;
}

function endOfRun(lines: readonly SourceLine[], start: number, form: RegExp): number {
  let end = start;
  while (form.test(lines[end]?.text ?? '')) end++;
  return end;
}

function afterBlanks(lines: readonly SourceLine[], start: number): number {
  let index = start;
  while (lines[index]?.text === '') index++;
  return index;
}
