/** What a run has to plan so that its scope is complete: every clause of the named resources, with nothing taken away. */
import type { Contract, OperationId } from '../contract/model.ts';
import { type Clause } from './clause.ts';
import { identities } from './identity.ts';
import { planCases, type PlannedCase } from './plan-cases.ts';
import { everything } from './selection.ts';
import type { Target } from './target.ts';

/** A resource of an API whose suite is complete: a run can conform to all of it. */
export interface ApiResource {
  /** As on the command line: `volume-attachments`. */
  readonly id: string;
  readonly operations: readonly OperationId[];
}

export interface CompletePlan {
  readonly resources: readonly ApiResource[];
  /** Of the operations of the resources; none of other suites. */
  readonly clauses: readonly Clause[];
  /** At all microversions of the target, with every identity, and with what was declared to be missing. */
  readonly cases: readonly PlannedCase[];
}

/** `clauses`: also others; those of the resources are picked from them. */
export function completePlan(
  resources: readonly ApiResource[],
  clauses: readonly Clause[],
  contract: Contract,
  target: Target,
): CompletePlan {
  const operations = new Set(resources.flatMap((resource) => resource.operations));
  const own = clauses.filter(({ suite, operation }) => suite === undefined && operations.has(operation));
  return { resources, clauses: own, cases: planCases(own, contract, withNothingMissing(target), everything) };
}

/** What the target was found to lack stays so; what the operator did not give or declared to be missing does not. */
function withNothingMissing(target: Target): Target {
  const capabilities = Object.entries(target.capabilities).map(([id, capability]) => [
    id,
    isDeclaredMissing(capability) ? { ...capability, has: true } : capability,
  ]);
  return {
    ...target,
    unmade: {},
    identities: new Set(identities),
    capabilities: Object.fromEntries(capabilities) as Target['capabilities'],
  };
}

export function isDeclaredMissing({ has, told }: { readonly has: boolean; readonly told: string }): boolean {
  return !has && told === 'declared';
}
