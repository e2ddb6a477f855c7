/** Actions that turn a server on and off, pause and suspend it. */
import { type Outcome } from './outcome.ts';
import { serverAction } from './server-action.ts';

export const running: Outcome = { status: 'ACTIVE', vmState: 'active', powerStates: [1] };

/** It needs a host, so that a server without one is refused for two reasons. */
function noHost(name: string): Readonly<Record<string, string>> {
  return { 'shelved-offloaded': `compute:${name}-takes-servers-without-host` };
}

export const stopServer = serverAction('compute/stop-server', {
  ...{ key: 'os-stop', log: 'stop', noun: 'A stop', section: 'Stop', by: 'member', stateFaults: noHost('stop-server') },
  does: 'Turns a server off: it becomes ``SHUTOFF``, with the power state 4.',
  ...{ from: 'active', also: ['error'] },
  states: 'A server that is neither active nor in error is answered with 409.',
  leads: { status: 'SHUTOFF', vmState: 'stopped', powerStates: [4] },
});

export const startServer = serverAction('compute/start-server', {
  ...{
    key: 'os-start',
    log: 'start',
    noun: 'A start',
    section: 'Start',
    by: 'member',
    stateFaults: noHost('start-server'),
  },
  does: 'Turns a server on: it becomes ``ACTIVE``, with the power state 1.',
  from: 'stopped',
  states: 'A server that is not stopped is answered with 409.',
  leads: running,
});

const hard =
  'A hard reboot is accepted for a stopped, paused or suspended server, and for one in error, and turns it on.';

export const rebootServer = serverAction('compute/reboot-server', {
  ...{ key: 'reboot', noun: 'A hard reboot', section: 'Reboot', by: 'member' },
  does: 'Starts the operating system of a server anew: it becomes ``ACTIVE``, with the power state 1.',
  argument: () => ({ type: 'HARD' }),
  values: ['type'],
  ...{ from: 'active', also: ['stopped', 'paused', 'suspended', 'error'] },
  states: 'A server that is neither active, stopped, paused, suspended nor in error is answered with 409.',
  stateQuotes: { stopped: hard, paused: hard, suspended: hard, error: hard },
  leads: running,
  effectFault: 'compute/reboot-server:never-complete:rebooting_hard',
  refusedFirst: ['body before resource', 'body before role', 'resource before role'],
});

export const pauseServer = serverAction('compute/pause-server', {
  ...{ key: 'pause', noun: 'A pause', section: 'Pause', by: 'member' },
  does: 'Stops the processors of a server: it becomes ``PAUSED``.',
  from: 'active',
  states: 'A server that is not active is answered with 409.',
  leads: { status: 'PAUSED', vmState: 'paused' },
});

export const unpauseServer = serverAction('compute/unpause-server', {
  ...{ key: 'unpause', noun: 'An unpause', section: 'Unpause', by: 'member' },
  does: 'Lets the processors of a server run on: it becomes ``ACTIVE``, with the power state 1.',
  from: 'paused',
  states: 'A server that is not paused is answered with 409.',
  leads: running,
});

export const suspendServer = serverAction('compute/suspend-server', {
  ...{ key: 'suspend', noun: 'A suspension', section: 'Suspend', by: 'member' },
  does: 'Stores the memory of a server on disk: it becomes ``SUSPENDED``.',
  from: 'active',
  states: 'A server that is not active is answered with 409.',
  leads: { status: 'SUSPENDED', vmState: 'suspended' },
});

export const resumeServer = serverAction('compute/resume-suspended-server', {
  ...{ key: 'resume', noun: 'A resumption', section: 'Resume', by: 'member' },
  does: 'Loads the stored memory of a server: it becomes ``ACTIVE``, with the power state 1.',
  from: 'suspended',
  states: 'A server that is not suspended is answered with 409.',
  leads: running,
});

export const triggerCrashDump = serverAction('compute/trigger-crash-dump-in-server', {
  ...{
    key: 'trigger_crash_dump',
    noun: 'A crash dump',
    section: 'Crash dump',
    by: 'member',
    stateFaults: noHost('trigger-crash-dump-in-server'),
  },
  does: 'Sends a server the interrupt at which its operating system writes a dump; its status stays.',
  ...{ from: 'active', also: ['paused', 'rescued', 'resized', 'error'] },
  states: 'A server that is neither active, paused, rescued, resized nor in error is answered with 409.',
});
