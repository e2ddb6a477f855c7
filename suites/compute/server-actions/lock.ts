/** Actions that lock and unlock a server, and reset its state. */
import type { StartState } from '../fixtures/server-states.ts';
import { serverAction } from './server-action.ts';

export const everyState: readonly StartState[] = [
  'paused',
  'stopped',
  'suspended',
  'rescued',
  'resized',
  'shelved',
  'shelved-offloaded',
  'error',
  'soft-deleted',
];
const any = 'A server in any state is accepted.';

export const lockServer = serverAction('compute/lock-server', {
  ...{ key: 'lock', noun: 'A lock', section: 'Lock', by: 'member' },
  does: 'Locks a server against the actions of its project: it shows ``locked``.',
  members: () => ({ locked_reason: 'osc maintenance' }),
  values: ['locked_reason'],
  ...{ from: 'active', also: everyState, states: any },
  locked: 'accepted',
  stateQuotes: { locked: 'A server that is locked is accepted.' },
});

export const unlockServer = serverAction('compute/unlock-server', {
  ...{ key: 'unlock', noun: 'An unlock', section: 'Unlock', by: 'member' },
  does: 'Ends the lock of a server: it does not show ``locked`` any more.',
  ...{ from: 'active', fromLocked: true, also: everyState, states: any },
  locked: 'accepted',
  stateQuotes: {
    locked: 'Ends the lock of a server: it does not show ``locked`` any more.',
  },
});

export const resetServerState = serverAction('compute/reset-server-state', {
  ...{ key: 'os-resetState', log: false, noun: 'A reset of the state', section: 'Reset state', by: 'admin' },
  does: 'Sets the state of a server to active or to error, whatever it is doing.',
  reserved: 'Only an administrator may reset the state of a server.',
  argument: () => ({ state: 'error' }),
  refusedArgument: { state: 'active' },
  values: ['state'],
  ...{
    from: 'active',
    // Of a shelved server that is deleted in another state, Nova leaves the image behind.
    also: everyState.filter((state) => !['soft-deleted', 'shelved', 'shelved-offloaded'].includes(state)),
    open: ['soft-deleted', 'shelved', 'shelved-offloaded'],
    states: any,
  },
  leads: { status: 'ERROR', vmState: 'error' },
  spends: 'elsewhere',
});
