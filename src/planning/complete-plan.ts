/** The plan of a complete scope: every clause of the named resources, with nothing excluded. */
import type { Contracts } from '../contract/contracts.ts';
import { type Clause } from '../clauses/clause.ts';
import { identities } from '../clauses/identity.ts';
import type { ApiResource } from './api-resource.ts';
import { planCases, type PlannedCase } from './plan-cases.ts';
import { everything } from './selection.ts';
import type { Target } from './target.ts';

export interface CompletePlan {
  readonly resources: readonly ApiResource[];
  /** Clauses of the operations of the resources; none of extension suites. */
  readonly clauses: readonly Clause[];
  /** At all microversions of the target, with every identity, and with capabilities that were declared missing. */
  readonly cases: readonly PlannedCase[];
}

/** `clauses` may include others; those of the resources are selected. */
export function completePlan(
  resources: readonly ApiResource[],
  clauses: readonly Clause[],
  contracts: Contracts,
  target: Target,
): CompletePlan {
  const operations = new Set(resources.flatMap((resource) => resource.operations));
  const own = clauses.filter(({ suite, operation }) => suite === undefined && operations.has(operation));
  return { resources, clauses: own, cases: planCases(own, contracts, withNothingMissing(target), everything) };
}

/** Capabilities that the target was found to lack stay missing; those that the operator declared missing do not. */
function withNothingMissing(target: Target): Target {
  const capabilities = Object.entries(target.capabilities).map(([id, capability]) => [
    id,
    isDeclaredMissing(capability) ? { ...capability, has: true } : capability,
  ]);
  return {
    ...target,
    creationFailures: {},
    identities: new Set(identities),
    capabilities: Object.fromEntries(capabilities) as Target['capabilities'],
  };
}

export function isDeclaredMissing({ has, source }: { readonly has: boolean; readonly source: string }): boolean {
  return !has && source === 'declared';
}
