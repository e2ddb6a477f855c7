/** A case that came to another verdict when it was judged again, in words. */
import { findingsOf, reasonOf, type Verdict } from '../../src/conformance/verdict.ts';
import { printable } from '../../src/report/printable.ts';
import type { OtherVerdict } from './judge-run-again.ts';

/** One sentence. `count`: how many there are. */
export function tellCase({ case: id, told, found, isRedacted }: OtherVerdict, count: number): string {
  const more = count === 1 ? '' : ` (and ${count - 1} more)`;
  const both =
    told.is === found.is ? `${told.is} with other findings` : `${told.is}, and its evidence says ${found.is}`;
  return `The journal says that ${printable(id)} is ${both}${why(found)}${more}.${isRedacted ? ' A secret was taken out of that evidence; run it again with another password.' : ''}`;
}

function why(found: Verdict): string {
  const reason = reasonOf(found);
  if (reason !== undefined) return `: ${printable(reason, 300)}`.replace(/\.$/, '');
  const kinds = findingsOf(found).map(({ kind }) => kind);
  return kinds.length === 0 ? '' : ` (${kinds.join(', ')})`;
}
