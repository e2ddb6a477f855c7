/** All declared changes, one line for each service, and the guard that knows them. */
import { joinChanges, matchPath, type Changes } from '../src/conformance/declared-change.ts';
import { ownershipGuard, type DocumentedCall, type Guard } from '../src/conformance/guard.ts';
import type { Ground, World } from '../src/conformance/world.ts';
import { settingKinds } from './capabilities.ts';
import { blockStorageChanges } from './block-storage/changes.ts';
import { computeChanges } from './compute/changes.ts';
import { identityChanges } from './identity/changes.ts';

export const declaredChanges: Changes = {
  compute: computeChanges,
  'block-storage': blockStorageChanges,
  identity: identityChanges,
};

function isThing(kind: string): boolean {
  return !settingKinds.some((setting) => setting === kind);
}

type Guarded = Pick<Ground, 'ledger' | 'runName' | 'sessions'> & Partial<Pick<World, 'contract'>>;

/** `guests`: what suites of others declare. @throws HarnessError for a declaration that cannot be */
export function guardOf(
  { ledger, runName, sessions, contract }: Guarded,
  fixtures: Readonly<Record<string, string>> = {},
  guests: readonly Changes[] = [],
): Guard {
  const findCall = (method: string, path: string): DocumentedCall | undefined => {
    const found = contract?.operations.find((one) => one.method === method && matchPath(one.path, path) !== undefined);
    return found && { operation: found.id, call: `${found.method} ${found.path}` };
  };
  return ownershipGuard({
    ...{ ledger, runName, findCall },
    changes: joinChanges(declaredChanges, ...guests),
    fixtures: () => Object.entries(fixtures).flatMap(([kind, id]) => (isThing(kind) ? [id] : [])),
    projects: () => [...sessions.values()].flatMap(({ projectId }) => projectId ?? []),
  });
}
