/**
 * Delete a server at once that is or would be deleted softly, or restore it.
 *
 * Read from servers-action-deferred-delete.inc.
 */

import type { Endpoint } from '../../kernel/endpoint.ts';
import { anyState, permitting } from '../on-server.ts';
import { deletePermanently } from '../servers/deletion.ts';
import { serverAction } from './action.ts';
import { become, power, task } from './transition.ts';

const forceDelete = serverAction('compute/force-delete-server', {
  key: 'forceDelete',
  method: 'force_delete',
  policy: 'os-deferred-delete:force',
  states: anyState,
  checks: ['lock'],
  effect: ({ call, rules }, server) => {
    deletePermanently(call, server, rules.delays?.delete ?? 0);
  },
  delays: { delete: 1 },
});

const restoreServer = serverAction('compute/restore-soft-deleted-instance', {
  key: 'restore',
  method: 'restore',
  policy: 'os-deferred-delete:restore',
  states: permitting('soft-delete'),
  checks: ['lock', 'state'],
  transition: task('restore', 'restoring', become('active', power.running)),
});

export const deferredDeleteActions: readonly Endpoint[] = [forceDelete, restoreServer];
