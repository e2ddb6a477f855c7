/** Consecutive lines as one text of which every offset still has its line and column. */
import type { Position } from '../diagnostic.ts';
import type { LineStart } from './model.ts';
import type { SourceLine } from './source-lines.ts';

export interface Passage {
  /** The lines joined by line feeds. */
  readonly text: string;
  readonly lines: readonly SourceLine[];
  readonly at: Position;
}

export function passageOf(first: SourceLine, rest: readonly SourceLine[]): Passage {
  const lines = [first, ...rest];
  return { text: lines.map((line) => line.text).join('\n'), lines, at: first.at };
}

/** Where an offset of the text lies. */
export function positionIn({ lines, at }: Passage, offset: number): Position {
  let start = 0;
  for (const line of lines) {
    if (offset <= start + line.text.length) return { ...line.at, column: line.at.column + offset - start };
    start += line.text.length + 1;
  }
  return lines.at(-1)?.at ?? at;
}

/** The text on one line, each run of white space one blank. */
export function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Where each line begins in the folded text of all; blank lines have no place there. */
export function lineStarts(lines: readonly SourceLine[]): readonly LineStart[] {
  let offset = 0;
  return lines.flatMap(({ text, at }) => {
    const { length } = folded(text);
    if (length === 0) return [];
    const start = { offset, line: at.line };
    offset += length + 1;
    return [start];
  });
}

/** The line of an offset; `otherwise` where nothing is known of lines. */
export function lineAt(lines: readonly LineStart[], offset: number, otherwise: number): number {
  return lines.findLast((start) => start.offset <= offset)?.line ?? otherwise;
}
