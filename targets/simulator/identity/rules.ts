/**
 * The identity service's rules.
 */

import { rulesByOperation } from '../kernel/endpoint.ts';
import type { IdentityBehaviour } from './behaviour.ts';
import { identityEndpoints } from './endpoints.ts';
import { policies } from './policies.ts';

export const identityBehaviour: IdentityBehaviour = {
  impliedRoles: {
    admin: ['manager', 'member', 'reader'],
    manager: ['member', 'reader'],
    member: ['reader'],
  },
  isExpired: ({ expiresAt }, now) => expiresAt <= now,
  policies,
  endpoints: rulesByOperation(identityEndpoints),
};
