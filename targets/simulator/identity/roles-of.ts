/**
 * The roles of a user at a scope, with implied ones: an admin is a manager, a member and a reader.
 */

import { type IdentityState, type Role, sameScope, type Scope } from './state.ts';

export function rolesOf(
  identity: IdentityState,
  implied: Readonly<Record<string, readonly string[]>>,
  userId: string,
  scope: Scope,
): readonly Role[] {
  const granted = identity.grants
    .filter((grant) => grant.userId === userId && sameScope(grant.scope, scope))
    .flatMap((grant) => identity.roles.get(grant.roleId) ?? []);
  return withImplied(identity, implied, granted);
}

export function withImplied(
  identity: IdentityState,
  implied: Readonly<Record<string, readonly string[]>>,
  roles: readonly Role[],
): readonly Role[] {
  const names = new Set(roles.flatMap(({ name }) => [name, ...(implied[name] ?? [])]));
  return [...identity.roles.values()].filter(({ name }) => names.has(name));
}
