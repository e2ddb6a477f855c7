/** Actions that boot a server from a rescue image, and from its own disk again. */
import { running } from './power.ts';
import { serverAction } from './server-action.ts';

export const rescueServer = serverAction('compute/rescue-server', {
  ...{ key: 'rescue', noun: 'A rescue', section: 'Rescue', by: 'member', capabilities: ['rescue'] },
  does: 'Boots a server from a rescue image: it becomes ``RESCUE``.',
  argument: () => ({}),
  members: ({ run }) => ({ adminPass: 'Osc-rescue-1', rescue_image_ref: run.target.fixtures.image ?? '' }),
  values: ['adminPass'],
  refers: { 'body /rescue/rescue_image_ref': { to: { type: 'image', ids: 'uuid' }, or: 'fixture' } },
  ...{ from: 'active', also: ['stopped', 'error'] },
  states: 'A server that is neither active, stopped nor in error is answered with 409.',
  leads: { status: 'RESCUE', vmState: 'rescued' },
});

export const unrescueServer = serverAction('compute/unrescue-server', {
  ...{ key: 'unrescue', noun: 'The end of a rescue', section: 'Unrescue', by: 'member', capabilities: ['rescue'] },
  does: 'Boots a rescued server from its own disk: it becomes ``ACTIVE``, with the power state 1.',
  from: 'rescued',
  states: 'A server that is not rescued is answered with 409.',
  leads: running,
});
