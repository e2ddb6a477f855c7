/** Actions that delete a server at once, and restore one that was deleted softly. */
import { everyState } from './lock.ts';
import { running } from './power.ts';
import { serverAction } from './server-action.ts';

export const forceDeleteServer = serverAction('compute/force-delete-server', {
  ...{ key: 'forceDelete', noun: 'A forced deletion', section: 'Force delete', by: 'member' },
  does: 'Deletes a server at once: it is not found any more.',
  ...{ from: 'active', also: everyState },
  states: 'A server in any state is accepted.',
  leads: 'deleted',
});

export const restoreServer = serverAction('compute/restore-soft-deleted-instance', {
  ...{ key: 'restore', noun: 'A restoration', section: 'Restore', by: 'member' },
  does: 'Restores a server that was deleted softly: it becomes ``ACTIVE``, with the power state 1.',
  from: 'soft-deleted',
  states: 'A server that is not deleted softly is answered with 409.',
  leads: running,
});
