/**
 * Columns and paragraphs for a terminal of a given width. Text is plain; the `paint` of the caller adds colour.
 */
export type Paint = (text: string) => string;

export const plain: Paint = (text) => text;

/** Breaks lines at spaces; a word longer than the width overflows, so that it can still be copied. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (lengthOf(longer) > width && line !== '' && lengthOf(word) <= width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/** A label in its own column, with the text wrapped beside it. */
export function labelled(label: string, text: string, { indent, column, width }: LabelLayout, paint = plain): string {
  const margin = ' '.repeat(indent + column);
  const lines = wrap(text, Math.max(width - indent - column, 20));
  const first = `${' '.repeat(indent)}${label.padEnd(column)}`;
  return lines.map((line, index) => (index === 0 ? first : margin) + paint(line)).join('\n');
}

export interface LabelLayout {
  readonly indent: number;
  readonly column: number;
  readonly width: number;
}

export interface Column {
  readonly head: string;
  readonly align: 'left' | 'right';
  /** The cell of each row. */
  readonly cells: readonly string[];
  readonly paint?: Paint;
}

/** Rows of cells, each column as wide as its widest cell. */
export function table(columns: readonly Column[], paintHead: Paint): readonly string[] {
  const widths = columns.map(({ head, cells }) => Math.max(lengthOf(head), ...cells.map(lengthOf)));
  const padded = (text: string, index: number): string => {
    const gap = ' '.repeat(Math.max((widths[index] ?? 0) - lengthOf(text), 0));
    return columns[index]?.align === 'right' ? gap + text : text + gap;
  };
  const head = columns.map(({ head: text }, index) => padded(text, index)).join('  ');
  const rows = (columns[0]?.cells ?? []).map((_, row) =>
    columns.map(({ cells, paint = plain }, index) => paint(padded(cells[row] ?? '', index))).join('  '),
  );
  return [paintHead(head.trimEnd()), ...rows.map((row) => row.trimEnd())];
}

/** Cuts the end. */
export function shorten(text: string, width: number): string {
  return lengthOf(text) <= width ? text : `${[...text].slice(0, Math.max(width - 1, 1)).join('')}…`;
}

/** Cuts the beginning, for names that differ at the end. */
export function shortenStart(text: string, width: number): string {
  return lengthOf(text) <= width ? text : `…${[...text].slice(-Math.max(width - 1, 1)).join('')}`;
}

export function lengthOf(text: string): number {
  return [...text].length;
}
