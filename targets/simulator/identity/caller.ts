/**
 * The caller that a token identifies, as the other services see it.
 */

import type { Cloud } from '../cloud.ts';
import type { Scope, Token } from './state.ts';

export interface Caller {
  readonly userId: string;
  /** Undefined unless the scope is a project. */
  readonly projectId: string | undefined;
  readonly scope: Scope['kind'];
  readonly roles: ReadonlySet<string>;
  readonly token: Token;
}

/** The caller of a token; undefined if it is unknown, revoked or expired, or its user or project is removed. */
export function callerOf(cloud: Cloud, tokenId: string | undefined): Caller | undefined {
  const token = tokenId === undefined ? undefined : validToken(cloud, tokenId);
  if (!token) return undefined;
  return {
    userId: token.userId,
    projectId: token.scope.kind === 'project' ? token.scope.projectId : undefined,
    scope: token.scope.kind,
    roles: new Set(token.roles.map(({ name }) => name)),
    token,
  };
}

export function validToken(cloud: Cloud, id: string): Token | undefined {
  const token = cloud.identity.tokens.get(id);
  return token && isValid(cloud, token) ? token : undefined;
}

export function isValid(cloud: Cloud, token: Token): boolean {
  const { identity, behaviour } = cloud;
  if (behaviour.identity.isExpired(token, cloud.now())) return false;
  if (identity.users.get(token.userId)?.enabled !== true) return false;
  const { scope } = token;
  return scope.kind !== 'project' || identity.projects.get(scope.projectId)?.enabled === true;
}
