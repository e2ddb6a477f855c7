/** Words fixtures that were built twice, grouped by kind and outcome, with the reason of the first. */
import { groupBy } from '../group-by.ts';
import { printable } from './printable.ts';
import type { RunReport } from '../records/report.ts';
import { sentence } from './run-verdict.ts';

export function describeRebuilds({ rebuilds = [] }: Pick<RunReport, 'rebuilds'>): readonly string[] {
  return [...groupBy(rebuilds, ({ what, again }) => `${what} ${again}`).values()].flatMap((alike) =>
    alike.slice(0, 1).map(({ what, reason, again }) => {
      const times = alike.length === 1 ? 'once' : `${alike.length} times`;
      const then = again === 'built' ? 'was built on the second attempt' : 'failed on the second attempt too';
      return `${printable(what)} failed to build ${times} and ${then}: ${sentence(reason)}`;
    }),
  );
}
