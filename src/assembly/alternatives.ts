/** Members of one name that differ by microversion, and whether they are the same after all. */
import type { Member } from '../contract/model.ts';
import { nextMicroversion, compareMicroversions, type MicroversionRange } from '../microversion.ts';
import { sameContract } from './same-contract.ts';

export function sameMember(a: Member, b: Member): boolean {
  return sameContract(a, b);
}

/** Both ranges as one where the second follows the first without a gap. */
export function spanOf(a: MicroversionRange, b: MicroversionRange): MicroversionRange | undefined {
  if (!a.last || compareMicroversions(nextMicroversion(a.last), b.first) !== 0) return undefined;
  return { first: a.first, last: b.last };
}
