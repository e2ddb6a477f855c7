/** The registry of the rules of the compute service. */
import type { Rule } from '../../../src/clauses/define-rule.ts';
import { contentTypes } from './content-types.ts';
import { errorResponses, unauthorized } from './error-responses.ts';
import { negotiation } from './negotiation.ts';
import { oddBodies } from './odd-bodies.ts';
import { oddIds } from './odd-ids.ts';
import { oddMembers } from './odd-members.ts';
import { oddQueries } from './odd-queries.ts';
import { olderEndpoint } from './older-endpoint.ts';
import { otherMethods } from './other-methods.ts';
import { refusalOrder } from './refusal-order.ts';
import { refusedMicroversions } from './refused-microversions.ts';
import { removedResources } from './removed-resources.ts';
import { requestIdsOf } from './request-ids.ts';
import { restrictedMembers } from './restricted-members.ts';
import { rolePolicy } from './role-policy.ts';
import { serverState } from './server-state.ts';
import { tenantIsolation } from './tenant-isolation.ts';
import { unknownQuery } from './unknown-query.ts';

export const computeRules: readonly Rule[] = [
  rolePolicy,
  tenantIsolation,
  removedResources,
  refusalOrder,
  unauthorized,
  contentTypes,
  errorResponses,
  oddIds,
  oddBodies,
  oddMembers,
  oddQueries,
  unknownQuery,
  serverState,
  negotiation,
  refusedMicroversions,
  olderEndpoint,
  requestIdsOf,
  otherMethods,
  restrictedMembers,
];
