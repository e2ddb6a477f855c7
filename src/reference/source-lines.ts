/** A text file as lines with indentation. */
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
  const rawLines = text.split('\n');
  reportTab(text, rawLines, file, report);
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

function reportTab(text: string, lines: readonly string[], file: string, report: Report): void {
  const index = text.includes('\t') ? lines.findIndex((line) => /^\s*\t\s*\S/.test(line)) : -1;
  if (index < 0) return;
  const at = { file, line: index + 1, column: (lines[index]?.indexOf('\t') ?? 0) + 1 };
  const message = 'a tab indents this line';
  report({ severity: 'warning', code: 'tab-indentation', at, message, expected: 'blanks only' });
}
