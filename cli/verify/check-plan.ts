/** Is the plan of a journal one of the contract's clauses, and does every case of it have its place? */
import { levelOf, type Clause } from '../../src/conformance/clause.ts';
import type { Journal } from '../../src/report/journal.ts';

/** A sentence when not. */
export function checkPlan(
  { header, earlier = [], results, footer }: Journal,
  clauses: readonly Clause[],
  isThere: (file: string) => boolean,
): string | undefined {
  const { shard } = header.run;
  if (shard) {
    return `The folder holds shard ${shard.index} of ${shard.total} alone; put all of them together by report, and verify that.`;
  }
  const known = new Map<string, Clause>(clauses.map((clause) => [clause.id, clause]));
  for (const { id, statement, level } of header.clauses) {
    const clause = known.get(id);
    if (!clause) return `The journal has a clause ${id} that this package does not know.`;
    if (clause.statement !== statement || levelOf(clause.statement) !== level) {
      return `The journal states ${id} in other words than this package does.`;
    }
  }
  const planned = new Map(header.cases.map((one) => [one.id, one]));
  const seen = new Set<string>();
  for (const line of results) {
    if (!planned.has(line.id)) return `The journal has a result for ${line.id}, which was not planned.`;
    if (seen.has(line.id)) return `The journal has two results for ${line.id}.`;
    seen.add(line.id);
    if (line.evidence !== undefined && !isThere(line.evidence)) return `The evidence of ${line.id} is missing.`;
  }
  for (const { id, evidence } of earlier) {
    if (!planned.has(id)) return `The journal has an earlier result for ${id}, which was not planned.`;
    if (evidence !== undefined && !isThere(evidence)) return `The earlier evidence of ${id} is missing.`;
    seen.add(id);
  }
  const without = header.cases.find(({ id, verdict }) => verdict === undefined && !seen.has(id));
  if (without && footer?.ended === 'completed')
    return `The journal has no result for ${without.id}, though the run was completed.`;
  if (!footer) return 'The journal has no end: the run broke off.';
  return undefined;
}
