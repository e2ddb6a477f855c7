/** Checks that a journal has exactly one result for every case that it plans. */
import type { Journal } from '../../src/report/journal.ts';
import { printable } from '../../src/report/printable.ts';

/** Returns a sentence if it does not. */
export function checkPlan({ header, earlier = [], results, footer }: Journal): string | undefined {
  const { shard } = header.run;
  if (shard) {
    return `The folder contains only shard ${shard.index} of ${shard.total}. Merge all shards by report, and verify the merged run.`;
  }
  const planned = new Map(header.cases.map((one) => [one.id, one]));
  const seen = new Set<string>();
  for (const line of results) {
    const name = printable(line.id);
    const one = planned.get(line.id);
    if (!one) return `The journal has a result for ${name}, which was not planned.`;
    if (one.verdict) return `The journal has a result for ${name}, which it decided without running.`;
    if (seen.has(line.id)) return `The journal has two results for ${name}.`;
    seen.add(line.id);
  }
  for (const { id } of earlier) {
    if (!planned.has(id)) return `The journal has an earlier result for ${printable(id)}, which was not planned.`;
    seen.add(id);
  }
  const without = header.cases.find(({ id, verdict }) => verdict === undefined && !seen.has(id));
  if (without && footer?.ended === 'completed')
    return `The journal has no result for ${printable(without.id)}, although the run completed.`;
  if (!footer) return 'The journal is incomplete: the run was killed.';
  return undefined;
}
