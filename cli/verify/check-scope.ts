/** Is the scope that a journal records the one that its plan has? Counted again from contract and clauses. */
import { isDeepStrictEqual } from 'node:util';
import { completePlan } from '../../src/conformance/complete-plan.ts';
import type { Target } from '../../src/conformance/target.ts';
import type { RunLine } from '../../src/report/journal.ts';
import { scopeFacts } from '../../src/report/scope-facts.ts';
import type { ScopeFacts } from '../../src/report/scope.ts';
import { apiResources } from '../../suites/index.ts';
import { toolVersion } from '../tool-version.ts';
import type { KnownContract } from './known-contract.ts';

/** A sentence when not. */
export function checkScope(header: RunLine, known: KnownContract, target: Target): string | undefined {
  const { tool, contract, scope } = header;
  if (!scope) return tool.version === toolVersion ? 'The journal does not record the scope of the run.' : undefined;
  if (contract.operations !== known.listed)
    return `The journal counts ${contract.operations ?? 'no'} operations of ${contract.service}, and the contract has ${known.listed}.`;
  const found = scopeFacts(completePlan(apiResources, known.clauses, known.contract, target), header, target);
  if (isDeepStrictEqual(scope, JSON.parse(JSON.stringify(found)))) return undefined;
  return `The journal records another scope than its plan has: ${wordDifference(scope, found)}.`;
}

function wordDifference(told: ScopeFacts, found: ScopeFacts): string {
  const words = ({ clauses, cases }: ScopeFacts): string =>
    `${clauses.selected} of ${clauses.total} clauses and ${cases.selected} of ${cases.total} cases`;
  const [said, counted] = [words(told), words(found)];
  return said === counted ? 'what is missing differs' : `it says ${said}, and its plan has ${counted}`;
}
