/** Server actions: their arguments, and the states that permit them with the state that follows. */

import type { CloudName } from '../lab.ts';

/** Stands for the id of the cloud's image. */
export const imageOfCloud = '{image}';

export interface ActionRow {
  readonly key: string;
  readonly argument?: unknown;
  /** As the message of a refusal names it. */
  readonly method: string;
  /** By the status in which it is accepted, the status that the server reaches. */
  readonly after: Readonly<Record<string, string>>;
  readonly version?: string;
  readonly cloud?: CloudName;
  /** The status code of an accepted one; 202 when missing. */
  readonly accepted?: number;
}

const all = (status: string, ...states: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(states.map((state) => [state, status]));
const same = (...states: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(states.map((state) => [state, state]));

const unshelved = all('ACTIVE', 'SHELVED', 'SHELVED_OFFLOADED');

export const actionRows: readonly ActionRow[] = [
  { key: 'os-stop', method: 'stop', after: all('SHUTOFF', 'ACTIVE', 'ERROR') },
  { key: 'os-start', method: 'start', after: all('ACTIVE', 'SHUTOFF') },
  {
    key: 'reboot',
    argument: { type: 'HARD' },
    method: 'reboot',
    after: all('ACTIVE', 'ACTIVE', 'SHUTOFF', 'PAUSED', 'SUSPENDED', 'ERROR'),
  },
  { key: 'reboot', argument: { type: 'Soft' }, method: 'reboot', after: all('ACTIVE', 'ACTIVE') },
  { key: 'pause', method: 'pause', after: all('PAUSED', 'ACTIVE') },
  { key: 'unpause', method: 'unpause', after: all('ACTIVE', 'PAUSED') },
  { key: 'suspend', method: 'suspend', after: all('SUSPENDED', 'ACTIVE') },
  { key: 'resume', method: 'resume', after: all('ACTIVE', 'SUSPENDED') },
  {
    key: 'trigger_crash_dump',
    method: 'trigger_crash_dump',
    version: '2.17',
    after: same('ACTIVE', 'PAUSED', 'RESCUE', 'VERIFY_RESIZE', 'ERROR'),
  },
  {
    key: 'resize',
    argument: { flavorRef: '84' },
    method: 'resize',
    after: all('VERIFY_RESIZE', 'ACTIVE', 'SHUTOFF'),
  },
  { key: 'confirmResize', method: 'confirm_resize', after: all('ACTIVE', 'VERIFY_RESIZE'), accepted: 204 },
  { key: 'revertResize', method: 'revert_resize', after: all('ACTIVE', 'VERIFY_RESIZE') },
  { key: 'shelve', method: 'shelve', after: all('SHELVED', 'ACTIVE', 'SHUTOFF', 'PAUSED', 'SUSPENDED') },
  {
    key: 'shelveOffload',
    method: 'shelve_offload',
    after: all('SHELVED_OFFLOADED', 'SHELVED'),
    cloud: 'sim-admin',
  },
  { key: 'unshelve', method: 'unshelve', after: unshelved },
  { key: 'rescue', method: 'rescue', after: all('RESCUE', 'ACTIVE', 'SHUTOFF', 'ERROR'), accepted: 200 },
  {
    key: 'rebuild',
    argument: { imageRef: imageOfCloud },
    method: 'rebuild',
    after: { ACTIVE: 'ACTIVE', SHUTOFF: 'SHUTOFF', ERROR: 'ACTIVE' },
  },
  {
    key: 'createImage',
    argument: { name: 'kept' },
    method: 'snapshot',
    after: same('ACTIVE', 'SHUTOFF', 'PAUSED', 'SUSPENDED'),
  },
  {
    key: 'createBackup',
    argument: { name: 'kept', backup_type: 'daily', rotation: 1 },
    method: 'backup',
    after: same('ACTIVE', 'SHUTOFF', 'PAUSED', 'SUSPENDED'),
  },
  { key: 'migrate', method: 'resize', cloud: 'sim-admin', after: all('VERIFY_RESIZE', 'ACTIVE', 'SHUTOFF') },
  {
    key: 'os-migrateLive',
    argument: { host: null, block_migration: 'auto' },
    method: 'live_migrate',
    version: '2.25',
    cloud: 'sim-admin',
    after: same('ACTIVE', 'PAUSED'),
  },
  {
    key: 'changePassword',
    argument: { adminPass: 'secret' },
    method: 'set_admin_password',
    after: same('ACTIVE'),
  },
  { key: 'unrescue', method: 'unrescue', after: all('ACTIVE', 'RESCUE') },
  { key: 'restore', method: 'restore', after: all('ACTIVE', 'SOFT_DELETED') },
];
