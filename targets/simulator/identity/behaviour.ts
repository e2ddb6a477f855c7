/**
 * The rules of the identity service that a release or a fault may change.
 */

import type { EndpointRules } from '../kernel/endpoint.ts';
import type { Policies } from './policy-grant.ts';
import type { Token } from './state.ts';

export interface IdentityBehaviour {
  /** The roles that a role implies. */
  readonly impliedRoles: Readonly<Record<string, readonly string[]>>;
  readonly isExpired: (token: Token, now: Date) => boolean;
  readonly policies: Policies;
  /** The rules of the declared endpoints, by operation. */
  readonly endpoints: Readonly<Record<string, EndpointRules>>;
}
