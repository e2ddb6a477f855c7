/**
 * A text file as lines with indentation, and what is wrong with it as a text: byte order marks, carriage returns,
 * tabs, bytes that are not UTF-8.
 */
import type { Position, Report } from '../diagnostic.ts';

/** One line; blank when `text` is empty. */
export interface SourceLine {
  readonly at: Position;
  /** In columns, a tab reaching to the next multiple of eight. */
  readonly indent: number;
  /** Without the white space at both ends. */
  readonly text: string;
}

const TAB_STOP = 8;

export function readLines(text: string, file: string, report: Report): readonly SourceLine[] {
  const unmarked = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const rawLines = unmarked.split('\n');
  reportFlaws(text, rawLines, file, report);
  return rawLines.map((raw, index) => sourceLine(raw, file, index + 1));
}

/** The line read on from a later column: a directive's argument after its name. */
export function lineFrom(line: SourceLine, skipped: number): SourceLine {
  const rest = line.text.slice(skipped);
  const blanks = rest.length - rest.trimStart().length;
  const at = { ...line.at, column: line.at.column + skipped + blanks };
  return { at, indent: line.indent + skipped + blanks, text: rest.trim() };
}

function sourceLine(raw: string, file: string, line: number): SourceLine {
  const text = raw.trim();
  const before = text === '' ? 0 : raw.indexOf(text.charAt(0));
  return { at: { file, line, column: before + 1 }, indent: indentOf(raw.slice(0, before)), text };
}

function indentOf(blanks: string): number {
  if (!blanks.includes('\t')) return blanks.length;
  let width = 0;
  for (const blank of blanks) width = blank === '\t' ? (Math.floor(width / TAB_STOP) + 1) * TAB_STOP : width + 1;
  return width;
}

function reportFlaws(text: string, lines: readonly string[], file: string, report: Report): void {
  const flaw = (code: string, line: number, column: number, message: string, expected: string): void => {
    report({ severity: 'warning', code, at: { file, line, column }, message, expected });
  };
  if (text.startsWith('\uFEFF')) flaw('byte-order-mark', 1, 1, 'the file begins with a byte order mark', 'none');
  const returned = text.includes('\r') ? lines.findIndex((line) => line.endsWith('\r')) : -1;
  const returnColumn = lines[returned]?.length ?? 1;
  if (returned >= 0)
    flaw('carriage-return', returned + 1, returnColumn, 'lines end with a carriage return', 'line feeds');
  const tabbed = text.includes('\t') ? lines.findIndex((line) => /^\s*\t\s*\S/.test(line)) : -1;
  const tabColumn = (lines[tabbed]?.indexOf('\t') ?? 0) + 1;
  if (tabbed >= 0) flaw('tab-indentation', tabbed + 1, tabColumn, 'a tab indents this line', 'blanks only');
  const broken = text.includes('\uFFFD') ? lines.findIndex((line) => line.includes('\uFFFD')) : -1;
  const brokenColumn = (lines[broken]?.indexOf('\uFFFD') ?? 0) + 1;
  if (broken >= 0) flaw('not-utf-8', broken + 1, brokenColumn, 'a byte here is not UTF-8', 'a text in UTF-8');
}
