/** Cuts the lines of a fragment into blocks. */
import type { Report } from '../diagnostic.ts';
import type { Block } from './block.ts';
import { isFlattened } from './lost-indentation.ts';
import { readHeading } from './read-heading.ts';
import { readMarkup } from './read-markup.ts';
import { readBold, readCodeStatement, readProse, readTable } from './read-prose.ts';
import type { Recognised, Recognising } from './recognised.ts';
import type { SourceLine } from './source-lines.ts';

const MARKER = /^\.\.\s+-\*-/;

export function readBlocks(lines: readonly SourceLine[], report: Report): readonly Block[] {
  const unindented: SourceLine[] = [];
  const recognising: Recognising = {
    report,
    flattened: isFlattened(lines),
    lost: (line) => unindented.push(line),
  };
  const blocks: Block[] = [];
  for (let index = endOfPreamble(lines, report); index < lines.length;) {
    const recognised = blockAt(lines, index, recognising);
    blocks.push(...recognised.blocks);
    index = recognised.next;
  }
  reportUnindented(unindented, report);
  return blocks;
}

function blockAt(lines: readonly SourceLine[], index: number, recognising: Recognising): Recognised {
  if (lines[index]?.text === '') return { blocks: [], next: index + 1 };
  return (
    readMarkup(lines, index, recognising) ??
    readHeading(lines, index, recognising.report) ??
    readTable(lines, index) ??
    readBold(lines, index) ??
    readCodeStatement(lines, index, recognising) ??
    readProse(lines, index, recognising)
  );
}

/**
 * Skips what precedes the reference itself: the fields of a page (`:tocdepth: 2`), and, in a copy from a web page,
 * the commit header and the size of the file above the `.. -*- rst -*-` line.
 */
function endOfPreamble(lines: readonly SourceLine[], report: Report): number {
  const first = lines.findIndex(({ text }) => text !== '');
  const marker = lines.findIndex(({ text }) => MARKER.test(text));
  const line = lines[first];
  if (line && marker > first && !lines.slice(first, marker).some(({ text }) => text.startsWith('.. '))) {
    const message = `lines ${first + 1} to ${marker} stand above the reference and are skipped`;
    const expected = 'the line ".. -*- rst -*-" first';
    report({ severity: 'info', code: 'skipped-header', at: line.at, message, expected });
    return marker;
  }
  let index = Math.max(first, 0);
  while (/^:[\w-]+:(?=\s|$)/.test(lines[index]?.text ?? '')) index++;
  return index;
}

function reportUnindented([first, ...others]: readonly SourceLine[], report: Report): void {
  if (!first) return;
  const message = `${others.length + 1} lines of directives are not indented; they are read by their form`;
  const expected = 'the content of a directive indented below it';
  report({ severity: 'warning', code: 'lost-indentation', at: first.at, message, expected });
}
