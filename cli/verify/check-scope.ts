/** Checks that the scope that a journal records is that of its plan, counted again from contract and clauses. */
import { isDeepStrictEqual } from 'node:util';
import { completePlan } from '../../src/planning/complete-plan.ts';
import type { Target } from '../../src/planning/target.ts';
import type { RunLine, ScopeFacts } from '../../src/records/journal.ts';
import { scopeFacts } from '../../src/report/scope-facts.ts';
import { resourcesOf } from '../../suites/index.ts';
import { toolVersion } from '../tool-version.ts';
import type { KnownContracts } from './known-contracts.ts';

/** Returns a sentence if it is not. */
export function checkScope(header: RunLine, known: KnownContracts, target: Target): string | undefined {
  const { tool, contracts, scope } = header;
  if (!scope) return tool.version === toolVersion ? 'The journal does not record the scope of the run.' : undefined;
  for (const { service, operations } of contracts) {
    const listed = known.listed.get(service);
    if (operations !== listed)
      return `The journal counts ${operations ?? 'no'} operations of ${service}, but the contract has ${listed ?? 'none'}.`;
  }
  // A run may name some of the resources; each is tested as a whole.
  const named = new Set(scope.resources.map(({ id }) => id));
  const resources = resourcesOf(known.contracts).filter(({ id }) => named.has(id));
  const found = scopeFacts(completePlan(resources, known.clauses, known.contracts, target), header, target);
  if (isDeepStrictEqual(scope, JSON.parse(JSON.stringify(found)))) return undefined;
  return `The scope that the journal records differs from its plan: ${describeDifference(scope, found)}.`;
}

function describeDifference(recorded: ScopeFacts, found: ScopeFacts): string {
  const words = ({ clauses, cases }: ScopeFacts): string =>
    `${clauses.selected} of ${clauses.total} clauses and ${cases.selected} of ${cases.total} cases`;
  const [said, counted] = [words(recorded), words(found)];
  return said === counted ? 'the missing parts differ' : `it records ${said}, but its plan has ${counted}`;
}
