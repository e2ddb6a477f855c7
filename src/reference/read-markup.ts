/** Explicit markup: directives, and the comments and link targets that are no part of the text. */
import { quoted, type Report } from '../diagnostic.ts';
import { nearWord } from '../near-word.ts';
import type { Directive } from './block.ts';
import { endsParagraph, isExplicitMarkup } from './block-starts.ts';
import { ADMONITIONS, DIRECTIVES, FILE_DIRECTIVES } from './directive-names.ts';
import { endOfUnindented } from './lost-indentation.ts';
import { passageOf } from './passage.ts';
import type { Recognised, Recognising } from './recognised.ts';
import { lineFrom, type SourceLine } from './source-lines.ts';

const DIRECTIVE = /^\.\.\s+([A-Za-z][\w+.:-]*?)\s?::(?=\s|$)/;
const FOOTNOTE = /^\.\.\s+\[[^\]]+\]\s+(?=\S)/;
const SINGLE_COLON = /^\.\.\s+([A-Za-z][\w-]*):(?=\s|$)/;
const WITHOUT_BLANK = /^\.\.([A-Za-z][\w-]*)::(?=\s|$)/;

export function readMarkup(lines: readonly SourceLine[], index: number, at: Recognising): Recognised | undefined {
  const line = lines[index];
  if (!line) return undefined;
  if (!isExplicitMarkup(line.text)) {
    reportMissingBlank(line, at.report);
    return undefined;
  }
  const directive = DIRECTIVE.exec(line.text);
  if (directive) return readDirective(lines, index, { name: directive[1] ?? '', length: directive[0].length }, at);
  const footnote = FOOTNOTE.exec(line.text);
  const next = endOfIndented(lines, index + (line.text === '..' && lines[index + 1]?.text === '' ? 0 : 1), line.indent);
  if (!footnote) return passOver(line, Math.max(next, index + 1), at.report);
  const text = lines.slice(index + 1, next).filter(({ text }) => text !== '');
  return { blocks: [{ kind: 'prose', passage: passageOf(lineFrom(line, footnote[0].length), text) }], next };
}

function readDirective(
  lines: readonly SourceLine[],
  index: number,
  { name, length }: { readonly name: string; readonly length: number },
  recognising: Recognising,
): Recognised | undefined {
  const line = lines[index];
  if (!line) return undefined;
  const own = lineFrom(line, length);
  const below = own.text === '' ? argumentBelow(line, lines[index + 1], name.toLowerCase()) : undefined;
  const argument = below ?? own;
  const hasArgument = argument.text !== '';
  const indented = endOfIndented(lines, index + 1, line.indent);
  const known = name.toLowerCase();
  const shape = { name: known, hasArgument, hasContent: indented > index + 1, flattened: recognising.flattened };
  const next = endOfUnindented(lines, indented, shape);
  lines
    .slice(indented, next)
    .filter(({ text }) => text !== '')
    .forEach(recognising.lost);
  if (next === indented) reportMissingBlankLine(lines, next, known, recognising.report);
  const body = withoutBlankEnds(lines.slice(index + (below ? 2 : 1), next));
  const options = body.slice(0, numberOfOptions(body));
  const content = withoutBlankEnds(body.slice(options.length));
  const block: Directive = { kind: 'directive', name: known, at: line.at, options, content };
  return { blocks: [hasArgument ? { ...block, argument } : block], next };
}

/** The argument of a directive may follow on the next line, in front of its options. */
function argumentBelow(line: SourceLine, next: SourceLine | undefined, name: string): SourceLine | undefined {
  if (!next || next.text === '' || next.indent <= line.indent || !FILE_DIRECTIVES.includes(name)) return undefined;
  return /^(?::[\w-]+:|-)(?=\s|$)/.test(next.text) ? undefined : next;
}

/** The index after the lines that are indented more than `indent`, blank lines at the end excluded. */
export function endOfIndented(lines: readonly SourceLine[], start: number, indent: number): number {
  let end = start;
  for (let index = start; index < lines.length; index++) {
    const line = lines[index];
    if (!line || (line.text !== '' && line.indent <= indent)) break;
    if (line.text !== '') end = index + 1;
  }
  return end;
}

function numberOfOptions(body: readonly SourceLine[]): number {
  const end = body.findIndex(({ text }) => !/^:[\w-]+:(?=\s|$)/.test(text));
  return end < 0 ? body.length : end;
}

function withoutBlankEnds(lines: readonly SourceLine[]): readonly SourceLine[] {
  const first = lines.findIndex(({ text }) => text !== '');
  const last = lines.findLastIndex(({ text }) => text !== '');
  return first < 0 ? [] : lines.slice(first, last + 1);
}

/** A comment or a target; one that reads like a directive has lost a colon. `TODO:` in capitals is a remark. */
function passOver(line: SourceLine, next: number, report: Report): Recognised {
  const name = SINGLE_COLON.exec(line.text)?.[1];
  const isRemark = name === name?.toUpperCase();
  if (name !== undefined && !isRemark && DIRECTIVES.includes(name.toLowerCase())) {
    const message = `${quoted(name)} has one colon, which makes it a comment`;
    report({ severity: 'error', code: 'single-colon', at: line.at, message, expected: `.. ${name}::` });
  }
  return { blocks: [], next };
}

function reportMissingBlank({ text, at }: SourceLine, report: Report): void {
  const name = text.startsWith('..') ? WITHOUT_BLANK.exec(text)?.[1] : undefined;
  if (name === undefined || nearWord(name, DIRECTIVES) === undefined) return;
  const message = `"..${name}::" has no blank after the dots, which makes it plain text`;
  report({ severity: 'error', code: 'directive-without-blank', at, message, expected: `.. ${name}::` });
}

function reportMissingBlankLine(lines: readonly SourceLine[], next: number, name: string, report: Report): void {
  const line = lines[next];
  if (!line || !ADMONITIONS.includes(name) || endsParagraph(lines, next)) return;
  const message = `this line follows a ${name} without a blank line and without indentation; it is read as a new paragraph`;
  const expected = `a blank line before it, or the indentation of the ${name}`;
  report({ severity: 'warning', code: 'missing-blank-line', at: line.at, message, expected });
}
