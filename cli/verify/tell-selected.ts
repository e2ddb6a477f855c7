/** How much of all that there is a run selected: a small run that is conformant says little, and it has to be seen. */
import { isBinding, levelOf } from '../../src/conformance/clause.ts';
import { planCases } from '../../src/conformance/plan-cases.ts';
import { everything } from '../../src/conformance/selection.ts';
import type { Target } from '../../src/conformance/target.ts';
import type { RunLine } from '../../src/report/journal.ts';
import type { KnownContract } from './known-contract.ts';

/** One sentence. */
export function tellSelected({ clauses, cases }: RunLine, known: KnownContract, target: Target): string {
  const selected = new Set(clauses.map(({ id }) => id));
  const left = known.clauses.filter(({ id }) => !selected.has(id));
  const must = left.filter(({ statement }) => isBinding(levelOf(statement))).length;
  const planned = new Set(cases.map(({ id }) => id));
  const own = clauses.filter(({ suite }) => suite === undefined);
  const whole = planCases(known.clauses, known.contract, target, everything);
  const missing = whole.filter(({ id }) => !planned.has(id)).length;
  const told = `${own.length} of ${known.clauses.length} clauses were selected`;
  if (missing === 0) return `${told}, with all ${whole.length} cases that they have on this target.`;
  const rest = left.length === 0 ? '' : `${left.length} clauses, ${must} of them with MUST, and `;
  return `${told}: the run says nothing of ${rest}${missing} of the ${whole.length} cases that all have on this target.`;
}
