/** The registry of the rules of the compute service. */
import type { Rule } from '../../../src/clauses/define-rule.ts';
import { contentTypes } from './content-types.ts';
import { errorResponses, unauthorized } from './error-responses.ts';
import { oddBodies } from './odd-bodies.ts';
import { oddIds } from './odd-ids.ts';
import { refusalOrder } from './refusal-order.ts';
import { removedResources } from './removed-resources.ts';
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
  unknownQuery,
  serverState,
];
