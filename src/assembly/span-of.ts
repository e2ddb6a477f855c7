/** Two ranges as one. */
import { compareMicroversions, nextMicroversion, type MicroversionRange } from '../microversion.ts';

/** Undefined unless the second range follows the first without a gap. */
export function spanOf(a: MicroversionRange, b: MicroversionRange): MicroversionRange | undefined {
  if (!a.last || compareMicroversions(nextMicroversion(a.last), b.first) !== 0) return undefined;
  return { first: a.first, last: b.last };
}

/** The shortest range that contains both. */
export function around(a: MicroversionRange, b: MicroversionRange): MicroversionRange {
  const first = compareMicroversions(a.first, b.first) <= 0 ? a.first : b.first;
  if (!a.last || !b.last) return { first, last: undefined };
  return { first, last: compareMicroversions(a.last, b.last) >= 0 ? a.last : b.last };
}
