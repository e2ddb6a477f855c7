/** The declared changes of all services, and the ownership guard that enforces them. */
import { joinChanges, type Changes } from '../src/resources/declared-change.ts';
import { operationFinder } from '../src/contract/find-operation.ts';
import { ownershipGuard, type DocumentedCall, type Guard } from '../src/resources/ownership-guard.ts';
import type { CleanupContext, RunContext } from '../src/execution/run-context.ts';
import { createCreations } from '../src/resources/create-under-test.ts';
import { allKinds } from './resources.ts';
import { settingKinds } from './capabilities.ts';
import { blockStorageChanges } from './block-storage/changes.ts';
import { computeChanges } from './compute/changes.ts';
import { identityChanges } from './identity/changes.ts';

export const declaredChanges: Changes = {
  compute: computeChanges,
  'block-storage': blockStorageChanges,
  identity: identityChanges,
};

function isResource(kind: string): boolean {
  return !settingKinds.some((setting) => setting === kind);
}

type Guarded = Pick<CleanupContext, 'ledger' | 'runName' | 'sessions'> & Partial<Pick<RunContext, 'contract'>>;

/** `extensionChanges`: those that extension suites declare. @throws HarnessError for an invalid declaration */
export function guardOf(
  { ledger, runName, sessions, contract }: Guarded,
  fixtures: Readonly<Record<string, string>> = {},
  extensionChanges: readonly Changes[] = [],
): Guard {
  const findCall = (method: string, path: string, body?: string): DocumentedCall | undefined => {
    if (!contract) return undefined;
    // Operations that were removed exist at the oldest microversion, those that were added at the newest one.
    const { first, last = first } = contract.microversions?.range ?? { first: { major: 1, minor: 0 } };
    const find = operationFinder(contract.operations);
    const request = { method, path, body };
    const found = find({ ...request, microversion: last }) ?? find({ ...request, microversion: first });
    return found && { operation: found.operation.id, call: `${method} ${found.operation.path}` };
  };
  return ownershipGuard({
    ...{ ledger, runName, findCall },
    changes: joinChanges(declaredChanges, ...extensionChanges),
    fixtures: () => Object.entries(fixtures).flatMap(([kind, id]) => (isResource(kind) ? [id] : [])),
    projects: () => [...sessions.values()].flatMap(({ projectId }) => projectId ?? []),
  });
}

/** The same run, in which requests under test may create resources. */
export function withCreations(run: RunContext, extensionChanges: readonly Changes[] = []): RunContext {
  return { ...run, creations: createCreations(run, joinChanges(declaredChanges, ...extensionChanges), allKinds) };
}
