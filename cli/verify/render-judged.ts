/** Describes a case whose verdict differs when it is evaluated again. */
import { findingsOf, reasonOf, type Verdict } from '../../src/clauses/verdict.ts';
import { printable } from '../../src/report/printable.ts';
import type { OtherVerdict } from './judge-run-again.ts';

/** One sentence. `count`: the number of such cases. */
export function describeCase({ case: id, recorded, found, isRedacted }: OtherVerdict, count: number): string {
  const more = count === 1 ? '' : ` (and ${count - 1} more)`;
  const difference =
    recorded.is === found.is
      ? `${recorded.is} with other findings`
      : `${recorded.is}, but its evidence gives ${found.is}`;
  return `The journal says that ${printable(id)} is ${difference}${why(found)}${more}.${isRedacted ? ' A secret was redacted in that evidence. Run it again with another password.' : ''}`;
}

function why(found: Verdict): string {
  const reason = reasonOf(found);
  if (reason !== undefined) return `: ${printable(reason, 300)}`.replace(/\.$/, '');
  const kinds = findingsOf(found).map(({ kind }) => kind);
  return kinds.length === 0 ? '' : ` (${kinds.join(', ')})`;
}
