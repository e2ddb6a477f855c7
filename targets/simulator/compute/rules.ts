/**
 * The compute service's rules in the newest release, 2.104.
 */

import { microversion, range } from '../../../src/microversion.ts';
import { rulesByOperation } from '../kernel/endpoint.ts';
import type { ComputeBehaviour } from './behaviour.ts';
import { computeEndpoints } from './endpoints.ts';
import { newPolicies } from './policies.ts';
import { protocolBehaviour } from './protocol.ts';

export const computeBehaviour: ComputeBehaviour = {
  minimum: microversion('2.1'),
  maximum: microversion('2.104'),
  protocol: protocolBehaviour,
  legacyDocument: { status: 'DEPRECATED', updated: '2025-07-04T12:00:00Z' },
  gates: {
    'update-form': range('2.85-'),
  },
  policies: newPolicies,
  projectScopeOnly: true,
  maxBodyBytes: 114_688,
  crashingDepth: undefined,
  supportText: 'Please contact the administrator',
  oddPageNumbers: 'crash',
  sees: (caller, server) => caller.roles.has('admin') || caller.projectId === server.projectId,
  endpoints: rulesByOperation(computeEndpoints),
  servers: {
    termination: { releases: true, deletes: ({ deleteOnTermination }) => deleteOnTermination },
  },
  attachments: {
    holders: { single: [], multiattach: ['another'] },
    rootDetachStatus: 400,
    tooManyDisksStatus: 403,
    unrecorded: 'hidden',
    quirks: {
      flagTextMeansTrue: true,
      pagesCountOtherDisks: true,
      offloadedDetachDeletes: true,
      oddTextsCrash: true,
    },
  },
};
