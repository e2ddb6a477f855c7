/** Summary of a plan before the run: how many cases of each operation can be decided, and why the rest cannot. */
import type { OperationId } from '../contract/model.ts';
import type { Clause } from '../clauses/clause.ts';
import type { Identity } from '../clauses/identity.ts';
import type { Blocker } from '../records/plan.ts';
import type { PlannedCase } from './plan-cases.ts';

export interface PlanSummary {
  /** In the order of the plan. */
  readonly operations: readonly OperationSummary[];
  readonly blockers: readonly Blocker[];
}

export interface OperationSummary {
  readonly operation: OperationId;
  /** All planned cases. */
  readonly cases: number;
  readonly decidable: number;
  readonly notApplicable: number;
}

/** `casesOf`: how many cases a blocked clause would have; the plan keeps one for all of them. */
export function planSummaryOf(
  planned: readonly PlannedCase[],
  casesOf: (clause: string) => number = () => 1,
): PlanSummary {
  const operations = new Map<OperationId, OperationSummary>();
  const blockers = new Map<string, Blocker>();
  for (const { id, clause, decided } of planned) {
    const operation = clause.split('#')[0] as OperationId;
    const { cases, decidable, notApplicable } = operations.get(operation) ?? nothing(operation);
    const many = decided ? casesOf(clause) : 1;
    operations.set(operation, {
      operation,
      cases: cases + many,
      decidable: decidable + Number(!decided),
      notApplicable: notApplicable + (decided?.is === 'not-applicable' ? many : 0),
    });
    if (decided?.is !== 'not-attempted' && decided?.is !== 'not-applicable') continue;
    const remedy = 'remedy' in decided ? decided.remedy : undefined;
    const key = `${decided.is} ${decided.reason} ${remedy ?? ''}`;
    const before = blockers.get(key)?.cases ?? [];
    const { is: verdict, reason } = decided;
    blockers.set(key, { verdict, reason, ...(remedy === undefined ? {} : { remedy }), cases: [...before, id] });
  }
  return { operations: [...operations.values()], blockers: [...blockers.values()] };
}

function nothing(operation: OperationId): OperationSummary {
  return { operation, cases: 0, decidable: 0, notApplicable: 0 };
}

/** How many cases and clauses of a plan need an identity. `planned`: for a target that has it. */
export function sharesOf(
  planned: readonly PlannedCase[],
  clauses: readonly Clause[],
  identity: Identity,
): { readonly cases: number; readonly clauses: number } {
  const needing = new Set(clauses.filter(({ identities }) => identities.includes(identity)).map(({ id }) => id));
  const open = planned.filter(({ clause, decided }) => !decided && (identity === 'member' || needing.has(clause)));
  return { cases: open.length, clauses: new Set(open.map(({ clause }) => clause)).size };
}
