/** Offsets in a text to lines and columns. */
import type { Position } from './diagnostic.ts';

/** Returns a function from an offset of `text` to its position in `file`; offsets outside the text count as its ends. */
export function linePositions(text: string, file: string): (offset: number) => Position {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return (offset) => {
    const inside = Math.min(Math.max(offset, 0), text.length);
    const index = lastAtOrBefore(starts, inside);
    return { file, line: index + 1, column: inside - (starts[index] ?? 0) + 1 };
  };
}

/** The index of the last number that is not above the limit; the numbers are in order and the first is 0. */
function lastAtOrBefore(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
