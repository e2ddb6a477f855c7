/** What a plan comes to before anything is tried: how much of each operation can be decided, and why the rest cannot. */
import type { OperationId } from '../contract/model.ts';
import type { Clause } from './clause.ts';
import type { Identity } from './identity.ts';
import type { PlannedCase } from './plan-cases.ts';

export interface Outlook {
  /** In the order of the plan. */
  readonly operations: readonly OperationOutlook[];
  readonly obstacles: readonly Obstacle[];
}

export interface OperationOutlook {
  readonly operation: OperationId;
  /** All that are planned; a clause that cannot be tried counts once. */
  readonly cases: number;
  readonly decidable: number;
  readonly notApplicable: number;
}

/** One reason, with all that hangs on it. */
export interface Obstacle {
  readonly verdict: 'not-attempted' | 'not-applicable';
  readonly reason: string;
  readonly mend?: string;
  readonly cases: readonly string[];
}

/** `casesOf`: how many cases a clause has that cannot be tried; the plan keeps one for all of them. */
export function outlookOf(planned: readonly PlannedCase[], casesOf: (clause: string) => number = () => 1): Outlook {
  const operations = new Map<OperationId, OperationOutlook>();
  const obstacles = new Map<string, Obstacle>();
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
    const mend = 'mend' in decided ? decided.mend : undefined;
    const key = `${decided.is} ${decided.reason} ${mend ?? ''}`;
    const before = obstacles.get(key)?.cases ?? [];
    const { is: verdict, reason } = decided;
    obstacles.set(key, { verdict, reason, ...(mend === undefined ? {} : { mend }), cases: [...before, id] });
  }
  return { operations: [...operations.values()], obstacles: [...obstacles.values()] };
}

function nothing(operation: OperationId): OperationOutlook {
  return { operation, cases: 0, decidable: 0, notApplicable: 0 };
}

/** How much of a plan hangs on one identity. `planned`: for a target that has it. */
export function sharesOf(
  planned: readonly PlannedCase[],
  clauses: readonly Clause[],
  identity: Identity,
): { readonly cases: number; readonly clauses: number } {
  const needing = new Set(clauses.filter(({ identities }) => identities.includes(identity)).map(({ id }) => id));
  const open = planned.filter(({ clause, decided }) => !decided && (identity === 'member' || needing.has(clause)));
  return { cases: open.length, clauses: new Set(open.map(({ clause }) => clause)).size };
}
