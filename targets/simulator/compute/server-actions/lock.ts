/**
 * Lock and unlock a server, and reset its state.
 *
 * Read from servers-actions.inc and servers-admin-action.inc, and from the history of the API at 2.73.
 */

import { range } from '../../../../src/microversion.ts';
import { at, type Endpoint } from '../../kernel/endpoint.ts';
import { textMember } from '../../kernel/http.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { anyState, type Of, type OnServer } from '../on-server.ts';
import { policyRefusal } from '../policy.ts';
import { serverAction } from './action.ts';
import { atOnce } from './transition.ts';

const lockServer = serverAction('compute/lock-server', {
  key: 'lock',
  method: 'lock',
  policy: 'os-lock-server:lock',
  argument: {
    types: ['object', 'null'],
    typesAt: [{ range: range('2.1-2.72'), types: ['array', 'boolean', 'integer', 'string'] }],
    properties: { locked_reason: at('2.73-', { types: ['string'], minLength: 1, maxLength: 255 }) },
    closed: range('2.73-'),
  },
  states: anyState,
  checks: [],
  transition: atOnce('lock', ({ call, server, wanted }) => {
    const isOwner = server.projectId === call.caller.projectId;
    if (server.lockedBy !== null && isOwner) return;
    server.lockedBy = isOwner ? 'owner' : 'admin';
    server.lockedReason = textMember(wanted, 'locked_reason') ?? null;
  }),
});

const unlockServer = serverAction('compute/unlock-server', {
  key: 'unlock',
  method: 'unlock',
  policy: 'os-lock-server:unlock',
  states: anyState,
  checks: ['lock-owner'],
  refusals: { 'lock-owner': notLockOwner },
  transition: atOnce('unlock', ({ server }) => {
    server.lockedBy = null;
    server.lockedReason = null;
  }),
});

const resetState = serverAction('compute/reset-server-state', {
  key: 'os-resetState',
  method: 'reset_state',
  policy: 'os-admin-actions:reset_state',
  argument: {
    types: ['object'],
    properties: { state: { types: ['string'], enum: ['active', 'error'] } },
    required: ['state'],
    closed: true,
  },
  states: anyState,
  checks: [],
  transition: atOnce('resetState', ({ server, wanted }) => {
    server.vmState = wanted.state === 'active' ? 'active' : 'error';
    server.taskState = null;
  }),
});

export const lockActions: readonly Endpoint[] = [lockServer, unlockServer, resetState];

/** A lock by an administrator is removed by another of those only. */
function notLockOwner({ call: { cloud, caller }, found: { server } }: Of<OnServer>): Refusal | undefined {
  if (!server) return undefined;
  const by = server.projectId === caller.projectId ? 'owner' : 'admin';
  return server.lockedBy === null || server.lockedBy === by
    ? undefined
    : policyRefusal(cloud, caller, 'os-lock-server:unlock:unlock_override', server.projectId);
}
