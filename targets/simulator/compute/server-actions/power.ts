/**
 * Actions on a running or stopped server: stop, start, reboot, pause, unpause, suspend, resume, crash dump.
 *
 * Read from servers-actions.inc and servers-action-crash-dump.inc.
 */

import { range } from '../../../../src/microversion.ts';
import type { Endpoint } from '../../kernel/endpoint.ts';
import { textMember } from '../../kernel/http.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { stateRefusal } from '../lookup.ts';
import { type Of, type OnServer, permitting } from '../on-server.ts';
import { serverAction } from './action.ts';
import { atOnce, become, type Finish, power, task } from './transition.ts';

const usual = ['lock', 'state'];
const running: Finish = become('active', power.running);

const stopServer = serverAction('compute/stop-server', {
  key: 'os-stop',
  method: 'stop',
  policy: 'servers:stop',
  states: permitting('active', 'error'),
  checks: ['lock', 'host', 'state'],
  transition: task('stop', 'powering-off', become('stopped', power.off)),
});

const startServer = serverAction('compute/start-server', {
  key: 'os-start',
  method: 'start',
  policy: 'servers:start',
  states: permitting('stopped'),
  checks: ['lock', 'host', 'state'],
  transition: task('start', 'powering-on', running),
});

const rebootServer = serverAction('compute/reboot-server', {
  key: 'reboot',
  method: 'reboot',
  policy: 'servers:reboot',
  argument: {
    types: ['object'],
    properties: { type: { types: ['string'], enum: ['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft'] } },
    required: ['type'],
    closed: true,
  },
  states: permitting('active', 'stopped', 'paused', 'suspended', 'error'),
  checks: ['lock', 'state', 'soft-state'],
  tasks: [null, 'rebooting', 'rebooting_hard'],
  refusals: { 'soft-state': notSoftlyRebootable },
  transition: {
    ...task('reboot', 'rebooting', running),
    tasks: ['rebooting', 'rebooting_hard'],
    chosen: ({ wanted }) => [isSoft(wanted) ? 'rebooting' : 'rebooting_hard'],
  },
});

const pauseServer = serverAction('compute/pause-server', {
  key: 'pause',
  method: 'pause',
  policy: 'os-pause-server:pause',
  states: permitting('active'),
  checks: usual,
  transition: task('pause', 'pausing', become('paused', power.paused)),
});

const unpauseServer = serverAction('compute/unpause-server', {
  key: 'unpause',
  method: 'unpause',
  policy: 'os-pause-server:unpause',
  states: permitting('paused'),
  checks: usual,
  transition: task('unpause', 'unpausing', running),
});

const suspendServer = serverAction('compute/suspend-server', {
  key: 'suspend',
  method: 'suspend',
  policy: 'os-suspend-server:suspend',
  states: permitting('active'),
  checks: usual,
  transition: task('suspend', 'suspending', become('suspended', power.suspended)),
});

const resumeServer = serverAction('compute/resume-suspended-server', {
  key: 'resume',
  method: 'resume',
  policy: 'os-suspend-server:resume',
  states: permitting('suspended'),
  checks: usual,
  transition: task('resume', 'resuming', running),
});

const triggerCrashDump = serverAction('compute/trigger-crash-dump-in-server', {
  key: 'trigger_crash_dump',
  range: range('2.17-'),
  method: 'trigger_crash_dump',
  policy: 'servers:trigger_crash_dump',
  argument: { types: ['null'] },
  states: permitting('active', 'paused', 'rescued', 'resized', 'error'),
  checks: ['lock', 'host', 'state'],
  transition: { ...atOnce('trigger_crash_dump', () => undefined), event: 'compute_trigger_crash_dump' },
});

export const powerActions: readonly Endpoint[] = [
  stopServer,
  startServer,
  rebootServer,
  pauseServer,
  unpauseServer,
  suspendServer,
  resumeServer,
  triggerCrashDump,
];

function isSoft(wanted: Of<unknown>['wanted']): boolean {
  return textMember(wanted, 'type')?.toUpperCase() === 'SOFT';
}

/** Only a running server without a task can be asked to reboot itself. */
function notSoftlyRebootable({ wanted, found: { server } }: Of<OnServer>): Refusal | undefined {
  if (!server || !isSoft(wanted)) return undefined;
  return stateRefusal(server, { method: 'reboot', vmStates: ['active'], taskStates: [null], launched: true });
}
