/** Titles and the lines that adorn them. */
import { quoted, type Report } from '../diagnostic.ts';
import type { Heading } from './block.ts';
import { hasOverline, hasUnderline, isAdornment } from './block-starts.ts';
import type { Recognised } from './recognised.ts';
import type { SourceLine } from './source-lines.ts';

/** Reads a heading, or a line of adornment that is none. */
export function readHeading(lines: readonly SourceLine[], index: number, report: Report): Recognised | undefined {
  const [line, next, after] = [lines[index], lines[index + 1], lines[index + 2]];
  if (line && next && after && hasOverline(lines, index)) {
    const shorter = line.text.length < after.text.length ? line : after;
    return { blocks: [headingOf(next, shorter, line.text.charAt(0).repeat(2), report)], next: index + 3 };
  }
  if (line && next && hasUnderline(lines, index)) {
    if (line.indent > 0) reportIndented(line, report);
    return { blocks: [headingOf(line, next, next.text.charAt(0), report)], next: index + 2 };
  }
  if (!line || !isAdornment(line)) return undefined;
  if (!isTransition(lines, index)) reportStray(line, report);
  return { blocks: [], next: index + 1 };
}

function headingOf(title: SourceLine, adornment: SourceLine, style: string, report: Report): Heading {
  if (adornment.text.length < title.text.length) {
    const message = `the line that adorns ${quoted(title.text)} is shorter than the title`;
    const expected = `at least ${title.text.length} characters`;
    report({ severity: 'warning', code: 'short-adornment', at: adornment.at, message, expected });
  }
  return { kind: 'heading', title: title.text, style, at: title.at };
}

/** A line between two blank lines separates paragraphs. */
function isTransition(lines: readonly SourceLine[], index: number): boolean {
  const length = lines[index]?.text.length ?? 0;
  return length >= 4 && (lines[index - 1]?.text ?? '') === '' && (lines[index + 1]?.text ?? '') === '';
}

function reportStray({ at, text }: SourceLine, report: Report): void {
  const message = `the line of ${text.charAt(0)} adorns no title`;
  const expected = 'a title with one such line below, or with two equal ones around it';
  report({ severity: 'error', code: 'stray-adornment', at, message, expected });
}

function reportIndented({ at, text }: SourceLine, report: Report): void {
  const message = `the title ${quoted(text)} is indented without a line above it`;
  report({ severity: 'warning', code: 'indented-heading', at, message, expected: 'the title in column 1' });
}
