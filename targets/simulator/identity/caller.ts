/**
 * Whom a token speaks for, as the services behind identity see it.
 */

import type { Cloud } from '../cloud.ts';
import type { Scope, Token } from './state.ts';

export interface Caller {
  readonly userId: string;
  /** Undefined unless the token is for a project. */
  readonly projectId: string | undefined;
  readonly scope: Scope['kind'];
  readonly roles: ReadonlySet<string>;
  readonly token: Token;
}

/** The caller behind a token, or undefined when it is unknown, revoked, expired or its user or project is gone. */
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
  const { identity, behaviour } = cloud;
  const token = identity.tokens.get(id);
  if (!token) return undefined;
  if (behaviour.identity.tokensExpire && token.expiresAt <= cloud.now()) return undefined;
  if (identity.users.get(token.userId)?.enabled !== true) return undefined;
  const { scope } = token;
  return scope.kind === 'project' && !identity.projects.get(scope.projectId)?.enabled ? undefined : token;
}
