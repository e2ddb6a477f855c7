/**
 * The status of a server, from its state and its task.
 */

import type { Server, TaskState, VmState } from '../state.ts';

const plain: Readonly<Record<VmState, string>> = {
  building: 'BUILD',
  active: 'ACTIVE',
  paused: 'PAUSED',
  suspended: 'SUSPENDED',
  stopped: 'SHUTOFF',
  rescued: 'RESCUE',
  resized: 'VERIFY_RESIZE',
  'soft-delete': 'SOFT_DELETED',
  deleted: 'DELETED',
  error: 'ERROR',
  shelved: 'SHELVED',
  shelved_offloaded: 'SHELVED_OFFLOADED',
};

const busy: Readonly<Partial<Record<VmState, Readonly<Partial<Record<TaskState, string>>>>>> = {
  active: {
    migrating: 'MIGRATING',
    updating_password: 'PASSWORD',
    rebuild_spawning: 'REBUILD',
    rebooting: 'REBOOT',
    rebooting_hard: 'HARD_REBOOT',
    rebuilding: 'REBUILD',
    resize_prep: 'RESIZE',
    resize_migrating: 'RESIZE',
    resize_finish: 'RESIZE',
  },
  stopped: {
    rebuilding: 'REBUILD',
    rebuild_spawning: 'REBUILD',
    rebooting_hard: 'HARD_REBOOT',
    resize_prep: 'RESIZE',
    resize_migrating: 'RESIZE',
    resize_finish: 'RESIZE',
  },
  paused: { migrating: 'MIGRATING', rebooting_hard: 'HARD_REBOOT' },
  suspended: { rebooting_hard: 'HARD_REBOOT' },
  resized: { resize_reverting: 'REVERT_RESIZE' },
  error: { rebuilding: 'REBUILD', rebuild_spawning: 'REBUILD', rebooting_hard: 'HARD_REBOOT' },
};

export const statuses: ReadonlySet<string> = new Set([
  ...Object.values(plain),
  ...Object.values(busy).flatMap((tasks) => Object.values(tasks)),
]);

export function statusOf({ vmState, taskState }: Pick<Server, 'vmState' | 'taskState'>): string {
  return (taskState && busy[vmState]?.[taskState]) ?? plain[vmState];
}
