/**
 * The compute service's rules in the newest release, 2.104.
 */

import { microversion, range } from '../../../src/microversion.ts';
import type { ComputeBehaviour } from './behaviour.ts';
import { computeEndpoints } from './endpoints.ts';
import { newPolicies } from './policies.ts';
import { protocolBehaviour } from './protocol.ts';
import { actions } from './servers/actions.ts';
import { serverFields } from './servers/view.ts';
import { attachmentBehaviour } from './volume-attachments/rules.ts';

/** A range beyond all releases. */
const never = range('99.0-');

export const computeBehaviour: ComputeBehaviour = {
  minimum: microversion('2.1'),
  maximum: microversion('2.104'),
  protocol: protocolBehaviour,
  legacyDocument: { status: 'DEPRECATED', updated: '2025-07-04T12:00:00Z' },
  gates: {
    'shelved-attach': range('2.20-'),
    'named-networks': range('2.37-'),
    'whole-update-answer': range('2.75-'),
    multiattach: range('2.60-'),
    'strict-list-query': range('2.75-'),
    'strict-show-query': never,
    'strict-attach-query': never,
    'strict-update-query': never,
    'strict-swap-query': never,
    'strict-detach-query': never,
    'update-form': range('2.85-'),
    'own-ids': range('2.89-'),
    'attach-in-background': range('2.101-'),
  },
  policies: newPolicies,
  projectScopeOnly: true,
  maxBodyBytes: 114_688,
  crashingDepth: undefined,
  supportText: 'Please contact the administrator',
  oddPageNumbers: 'crash',
  sees: (caller, server) => caller.roles.has('admin') || caller.projectId === server.projectId,
  endpoints: Object.fromEntries(computeEndpoints.map(({ operation, rules }) => [operation, rules])),
  servers: {
    fields: serverFields,
    actions,
    delays: { schedule: 1, spawn: 1, delete: 1 },
    termination: { releases: true, deletes: ({ deleteOnTermination }) => deleteOnTermination },
  },
  attachments: attachmentBehaviour,
};
