/** Groups case ids by operation, each with its clause. */
import type { Clause } from '../src/clauses/clause.ts';
import type { OperationId } from '../src/contract/model.ts';
import type { PlannedCase } from '../src/planning/plan-cases.ts';
import { microversion } from '../src/microversion.ts';

export interface Part {
  readonly clause: Clause;
  readonly planned: PlannedCase;
}

export function byOperation(
  ids: readonly string[],
  clauses: ReadonlyMap<string, Clause>,
): ReadonlyMap<string, readonly Part[]> {
  const groups = new Map<string, Part[]>();
  for (const id of ids) {
    const [clauseId = '', version = ''] = id.split('@');
    const clause = clauses.get(clauseId);
    if (!clause) throw new Error(`No clause has the id ${clauseId}`);
    const planned: PlannedCase = {
      id: id as PlannedCase['id'],
      clause: clause.id,
      microversion: microversion(version),
    };
    groups.set(clause.operation, [...(groups.get(clause.operation) ?? []), { clause, planned }]);
  }
  return groups;
}

/** The operations of case ids. */
export function operationsOf(ids: readonly string[]): ReadonlySet<OperationId> {
  return new Set(ids.map((id) => id.split('#')[0] as OperationId));
}
