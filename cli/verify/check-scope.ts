/** Checks that the scope that a journal records is that of its plan, counted again from contract and clauses. */
import { isDeepStrictEqual } from 'node:util';
import { completePlan } from '../../src/planning/complete-plan.ts';
import type { Target } from '../../src/planning/target.ts';
import type { RunLine, ScopeFacts } from '../../src/records/journal.ts';
import { scopeFacts } from '../../src/report/scope-facts.ts';
import { apiResources } from '../../suites/index.ts';
import { toolVersion } from '../tool-version.ts';
import type { KnownContract } from './known-contract.ts';

/** Returns a sentence if it is not. */
export function checkScope(header: RunLine, known: KnownContract, target: Target): string | undefined {
  const { tool, contract, scope } = header;
  if (!scope) return tool.version === toolVersion ? 'The journal does not record the scope of the run.' : undefined;
  if (contract.operations !== known.listed)
    return `The journal counts ${contract.operations ?? 'no'} operations of ${contract.service}, but the contract has ${known.listed}.`;
  const found = scopeFacts(completePlan(apiResources, known.clauses, known.contract, target), header, target);
  if (isDeepStrictEqual(scope, JSON.parse(JSON.stringify(found)))) return undefined;
  return `The scope that the journal records differs from its plan: ${wordDifference(scope, found)}.`;
}

function wordDifference(recorded: ScopeFacts, found: ScopeFacts): string {
  const words = ({ clauses, cases }: ScopeFacts): string =>
    `${clauses.selected} of ${clauses.total} clauses and ${cases.selected} of ${cases.total} cases`;
  const [said, counted] = [words(recorded), words(found)];
  return said === counted ? 'the missing parts differ' : `it records ${said}, but its plan has ${counted}`;
}
