/**
 * The table of server actions: their policies, states, phases and results.
 */

import type { Check } from '../../kernel/checks.ts';
import { bodiless, json, textMember } from '../../kernel/http.ts';
import { badRequest } from '../../kernel/refusal.ts';
import type { Shape } from '../../kernel/shape.ts';
import { isAllowed, policyRefusal } from '../policy.ts';
import { stateRefusal } from '../lookup.ts';
import type { TaskState, VmState } from '../state.ts';
import type { ActionRule, ActionSubject, Phase } from './action-rule.ts';
import { deletePermanently } from './deletion.ts';
import {
  become,
  confirmResize,
  restoreState,
  lock,
  power,
  rescue,
  resetState,
  resize,
  revertResize,
  shelve,
  shelveOffload,
  unlock,
  unshelve,
} from './transitions.ts';

type Finish = ActionRule['finish'];

const anything: Shape = {};
const idle: readonly (TaskState | null)[] = [null];
const atOnce: readonly Phase[] = [];
const running: Finish = become('active', power.running);

export const actions: Readonly<Record<string, ActionRule>> = {
  pause: simple('pause', 'os-pause-server:pause', ['active'], 'pausing', become('paused', power.paused)),
  unpause: simple('unpause', 'os-pause-server:unpause', ['paused'], 'unpausing', running),
  suspend: simple(
    'suspend',
    'os-suspend-server:suspend',
    ['active'],
    'suspending',
    become('suspended', power.suspended),
  ),
  resume: simple('resume', 'os-suspend-server:resume', ['suspended'], 'resuming', running),
  'os-stop': {
    ...simple('stop', 'servers:stop', ['active', 'error'], 'powering-off', become('stopped', power.off)),
    needsHost: true,
  },
  'os-start': { ...simple('start', 'servers:start', ['stopped'], 'powering-on', running), needsHost: true },
  resize: {
    ...simple('resize', 'servers:resize', ['active', 'stopped'], 'resize_prep', resize),
    argument: object({ flavorRef: { types: ['string', 'integer'], minLength: 1 } }, ['flavorRef']),
    refuse: unknownFlavor,
    phases: [
      { task: 'resize_prep', steps: 1 },
      { task: 'resize_migrating', steps: 1 },
      { task: 'resize_finish', steps: 1 },
    ],
  },
  confirmResize: {
    ...simple('confirmResize', 'servers:confirm_resize', ['resized'], 'resize_finish', confirmResize),
    event: 'compute_confirm_resize',
    phases: atOnce,
    answer: () => bodiless(204),
  },
  revertResize: {
    ...simple('revertResize', 'servers:revert_resize', ['resized'], 'resize_reverting', revertResize),
    event: 'compute_revert_resize',
  },
  shelve: {
    ...simple('shelve', 'os-shelve:shelve', ['active', 'stopped', 'paused', 'suspended'], 'shelving', shelve),
    phases: [
      { task: 'shelving', steps: 1 },
      { task: 'shelving_image_uploading', steps: 1 },
    ],
  },
  shelveOffload: simple('shelveOffload', 'os-shelve:shelve_offload', ['shelved'], 'shelving_offloading', shelveOffload),
  unshelve: simple('unshelve', 'os-shelve:unshelve', ['shelved', 'shelved_offloaded'], 'unshelving', unshelve),
  rescue: {
    ...simple('rescue', 'os-rescue', ['active', 'stopped', 'error'], 'rescuing', rescue),
    refuse: notFromVolume,
    answer: ({ call }) => json(200, { adminPass: call.cloud.newId().slice(-12) }),
  },
  unrescue: simple('unrescue', 'os-unrescue', ['rescued'], 'unrescuing', restoreState),
  reboot: {
    ...simple(
      'reboot',
      'servers:reboot',
      ['active', 'stopped', 'paused', 'suspended', 'error'],
      'rebooting_hard',
      running,
    ),
    argument: object({ type: { enum: ['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft'] } }, ['type']),
    refuse: notRebootable,
  },
  lock: instant('lock', 'os-lock-server:lock', lock),
  unlock: { ...instant('unlock', 'os-lock-server:unlock', unlock), refuse: notLockOwner },
  'os-resetState': {
    ...instant('resetState', 'os-admin-actions:reset_state', resetState),
    argument: object({ state: { types: ['string'], enum: ['active', 'error'] } }, ['state']),
  },
  forceDelete: {
    ...instant('forceDelete', 'os-deferred-delete:force', ({ call, server }) => {
      deletePermanently(call, server);
    }),
    checksLock: true,
  },
  restore: simple('restore', 'os-deferred-delete:restore', ['soft-delete'], 'restoring', running),
};

function simple(
  method: string,
  policy: string,
  vmStates: readonly VmState[],
  task: TaskState,
  finish: Finish,
): ActionRule {
  return {
    policy,
    states: { method, vmStates, taskStates: idle, launched: false },
    checksLock: true,
    argument: anything,
    log: method,
    event: `compute_${method.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_instance`,
    phases: [{ task, steps: 1 }],
    finish,
  };
}

function instant(method: string, policy: string, finish: Finish): ActionRule {
  return {
    ...simple(method, policy, [], 'restoring', finish),
    states: { method, vmStates: 'any', taskStates: 'any', launched: false },
    checksLock: false,
    event: `api_${method}`,
    phases: atOnce,
  };
}

function object(properties: Readonly<Record<string, Shape>>, required: readonly string[]): Shape {
  return { types: ['object'], properties, required };
}

function unknownFlavor({ call, server, argument }: ActionSubject): ReturnType<Check<ActionSubject>> {
  const id = textMember(argument, 'flavorRef') ?? '';
  if (!call.cloud.compute.flavors.has(id)) return badRequest(`Flavor ${id} could not be found.`);
  return id === server.flavor.id ? badRequest('When resizing, instances must change flavor!') : undefined;
}

function notFromVolume({ server }: ActionSubject): ReturnType<Check<ActionSubject>> {
  return server.imageId === null ? badRequest('A server that was booted from a volume is not rescued.') : undefined;
}

/** A soft reboot needs a running server without a task. */
function notRebootable({ server, argument }: ActionSubject): ReturnType<Check<ActionSubject>> {
  if (textMember(argument, 'type')?.toUpperCase() !== 'SOFT') {
    return stateRefusal(server, {
      method: 'reboot',
      vmStates: 'any',
      taskStates: [null, 'rebooting', 'rebooting_hard'],
      launched: false,
    });
  }
  return stateRefusal(server, { method: 'reboot', vmStates: ['active'], taskStates: idle, launched: false });
}

function notLockOwner({ call, server }: ActionSubject): ReturnType<Check<ActionSubject>> {
  const by = server.projectId === call.caller.projectId ? 'owner' : 'admin';
  const rule = 'os-lock-server:unlock:unlock_override';
  if (server.lockedBy === null || server.lockedBy === by) return undefined;
  return isAllowed(call.cloud, call.caller, rule, server.projectId)
    ? undefined
    : policyRefusal(call.cloud, call.caller, rule, server.projectId);
}
