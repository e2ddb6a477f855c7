/** Finds the lines of a description in the text of its file again: YAML keeps the position of its beginning only. */
import type { Position } from '../diagnostic.ts';
import type { LineStart } from './model.ts';
import { folded } from './passage.ts';

const BLOCK_HEADER = /^[|>][-+\d]*\s*(?:#.*)?$/;

/** `at` is where the value begins. Lines that a quoted text spells in another way end the search. */
export function descriptionLines(
  description: string,
  at: Position,
  sourceLines: readonly string[],
): readonly LineStart[] {
  const text = folded(description);
  const head = (sourceLines[at.line - 1] ?? '').slice(at.column - 1);
  const starts: LineStart[] = [];
  let offset = 0;
  for (let index = BLOCK_HEADER.test(head) ? at.line : at.line - 1; offset < text.length; index++) {
    const raw = index === at.line - 1 ? head.replace(/^["']/, '') : sourceLines[index];
    if (raw === undefined) break;
    const line = folded(raw);
    if (line === '') continue;
    if (!text.startsWith(line, offset)) break;
    starts.push({ offset, line: index + 1 });
    offset += line.length + 1;
  }
  return starts;
}
