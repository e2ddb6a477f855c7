/** The registry of the actions of servers. */
import { forceDeleteServer, restoreServer } from './deletion.ts';
import { changePassword, injectNetworkInfo, showConsoleOutput } from './guest.ts';
import { lockServer, resetServerState, unlockServer } from './lock.ts';
import {
  pauseServer,
  rebootServer,
  resumeServer,
  startServer,
  stopServer,
  suspendServer,
  triggerCrashDump,
  unpauseServer,
} from './power.ts';
import { rescueServer, unrescueServer } from './rescue.ts';
import { confirmResize, resizeServer, revertResize } from './resizing.ts';
import type { DeclaredAction } from './server-action.ts';
import { offloadServer, shelveServer, unshelveServer } from './shelving.ts';

export const serverActionOperations: readonly DeclaredAction[] = [
  stopServer,
  startServer,
  rebootServer,
  pauseServer,
  unpauseServer,
  suspendServer,
  resumeServer,
  triggerCrashDump,
  lockServer,
  unlockServer,
  resetServerState,
  shelveServer,
  offloadServer,
  unshelveServer,
  rescueServer,
  unrescueServer,
  resizeServer,
  confirmResize,
  revertResize,
  forceDeleteServer,
  restoreServer,
  changePassword,
  showConsoleOutput,
  injectNetworkInfo,
];
