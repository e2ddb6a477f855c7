/** Formats ranges, joining adjacent ones: `2.1-2.48` and `2.49-` are `2.1-`. */
import { compareMicroversions, formatRange, nextMicroversion, type MicroversionRange } from '../microversion.ts';

/** Takes the ranges in order; ranges that are not adjacent are listed: `2.1-2.48, 2.60-`. */
export function spanText(ranges: readonly MicroversionRange[]): string {
  return ranges
    .reduce<readonly MicroversionRange[]>((joined, range) => {
      const before = joined.at(-1);
      return before && touches(before, range)
        ? [...joined.slice(0, -1), { first: before.first, last: range.last }]
        : [...joined, range];
    }, [])
    .map(formatRange)
    .join(', ');
}

function touches(before: MicroversionRange, { first }: MicroversionRange): boolean {
  return before.last !== undefined && compareMicroversions(nextMicroversion(before.last), first) === 0;
}
