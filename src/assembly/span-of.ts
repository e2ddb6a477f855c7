/** Two ranges as one. */
import { compareMicroversions, nextMicroversion, type MicroversionRange } from '../microversion.ts';

/** Undefined unless the second range follows the first without a gap. */
export function spanOf(a: MicroversionRange, b: MicroversionRange): MicroversionRange | undefined {
  if (!a.last || compareMicroversions(nextMicroversion(a.last), b.first) !== 0) return undefined;
  return { first: a.first, last: b.last };
}
