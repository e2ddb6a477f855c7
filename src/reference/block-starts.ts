/** Recognises where a block begins, which is also where the one before it ends when the blank line is lost. */
import type { SourceLine } from './source-lines.ts';

const LABEL = /^(?:(normal|success|error)\s+response\s+codes?|(error)\s+codes)\s*:/i;
const ADORNMENT = /^([^\w\s])\1{2,}$/;

/** The length of a response-code label with its colon, and which codes it announces. */
export function codeLabel(text: string): { readonly of: 'success' | 'error'; readonly length: number } | undefined {
  const match = LABEL.exec(text);
  if (!match) return undefined;
  return { of: (match[1] ?? match[2])?.toLowerCase() === 'error' ? 'error' : 'success', length: match[0].length };
}

/** The text of a line that is bold from end to end; a colon may follow. */
export function boldText(text: string): string | undefined {
  return text.startsWith('**') ? /^\*\*([^*\s](?:[^*]|\*(?!\*))*)\*\*\s*:?$/.exec(text)?.[1] : undefined;
}

export function isExplicitMarkup(text: string): boolean {
  return text === '..' || text.startsWith('.. ') || text.startsWith('__ ');
}

/** A line of one punctuation character, as it stands above or below titles; not an ellipsis. */
export function isAdornment(line: SourceLine | undefined): boolean {
  return line?.indent === 0 && ADORNMENT.test(line.text) && line.text !== '...';
}

/** Whether a title with its adornment begins at this line. */
export function beginsHeading(lines: readonly SourceLine[], index: number): boolean {
  return hasOverline(lines, index) || hasUnderline(lines, index);
}

export function hasOverline(lines: readonly SourceLine[], index: number): boolean {
  const above = lines[index];
  const title = lines[index + 1];
  const below = lines[index + 2];
  if (!isAdornment(above) || !isAdornment(below) || !title || title.text === '' || isAdornment(title)) return false;
  return above?.text.charAt(0) === below?.text.charAt(0);
}

export function hasUnderline(lines: readonly SourceLine[], index: number): boolean {
  const title = lines[index];
  const below = lines[index + 1];
  if (!below || !isAdornment(below) || !title || title.text === '') return false;
  if (isAdornment(title) || isExplicitMarkup(title.text)) return false;
  return below.text.length >= 4 || below.text.length >= title.text.length;
}

/** Whether a running paragraph ends before this line. */
export function endsParagraph(lines: readonly SourceLine[], index: number): boolean {
  const text = lines[index]?.text ?? '';
  if (text === '' || isExplicitMarkup(text)) return true;
  if (isAdornment(lines[index]) || beginsHeading(lines, index)) return true;
  return codeLabel(text) !== undefined || boldText(text) !== undefined;
}
