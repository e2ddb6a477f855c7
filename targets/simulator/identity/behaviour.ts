/**
 * The rules of the identity service that other services depend on.
 */

export interface IdentityBehaviour {
  /** The roles that a role implies. */
  readonly impliedRoles: Readonly<Record<string, readonly string[]>>;
  readonly tokensExpire: boolean;
  readonly tokensRevocable: boolean;
}

export const identityBehaviour: IdentityBehaviour = {
  impliedRoles: {
    admin: ['manager', 'member', 'reader'],
    manager: ['member', 'reader'],
    member: ['reader'],
  },
  tokensExpire: true,
  tokensRevocable: true,
};
