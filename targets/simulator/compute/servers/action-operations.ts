/** The operations that share the call of server actions, by the only member of their bodies. */

import { isObject, type Json } from '../../kernel/http.ts';

export const actionOperations: Readonly<Record<string, string>> = {
  pause: 'compute/pause-server',
  unpause: 'compute/unpause-server',
  suspend: 'compute/suspend-server',
  resume: 'compute/resume-suspended-server',
  'os-stop': 'compute/stop-server',
  'os-start': 'compute/start-server',
  resize: 'compute/resize-server',
  confirmResize: 'compute/confirm-resized-server',
  revertResize: 'compute/revert-resized-server',
  shelve: 'compute/shelve-server',
  shelveOffload: 'compute/shelf-offload-server',
  unshelve: 'compute/unshelve-shelved-server',
  rescue: 'compute/rescue-server',
  unrescue: 'compute/unrescue-server',
  reboot: 'compute/reboot-server',
  lock: 'compute/lock-server',
  unlock: 'compute/unlock-server',
  'os-resetState': 'compute/reset-server-state',
  forceDelete: 'compute/force-delete-server',
  restore: 'compute/restore-soft-deleted-instance',
};

export function actionOperation(body: Json | undefined): string | undefined {
  const [name = ''] = isObject(body) ? Object.keys(body) : [];
  return Object.hasOwn(actionOperations, name) ? actionOperations[name] : undefined;
}
