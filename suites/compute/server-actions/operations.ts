/** The registry of the actions of servers. */
import { getSerialConsole, getSpiceConsole, getVncConsole } from './consoles.ts';
import { forceDeleteServer, restoreServer } from './deletion.ts';
import { evacuateServer } from './evacuating.ts';
import { addFixedIp, removeFixedIp } from './fixed-addresses.ts';
import { addFloatingIp, removeFloatingIp } from './floating-addresses.ts';
import { changePassword, injectNetworkInfo, showConsoleOutput } from './guest.ts';
import { createBackup, createImage } from './images.ts';
import { lockServer, resetServerState, unlockServer } from './lock.ts';
import { liveMigrateServer, migrateServer } from './migrating.ts';
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
import { rebuildServer } from './rebuilding.ts';
import { rescueServer, unrescueServer } from './rescue.ts';
import { confirmResize, resizeServer, revertResize } from './resizing.ts';
import { addSecurityGroup, removeSecurityGroup } from './security-groups.ts';
import type { DeclaredAction } from './action-types.ts';
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
  migrateServer,
  liveMigrateServer,
  forceDeleteServer,
  restoreServer,
  changePassword,
  showConsoleOutput,
  injectNetworkInfo,
  createImage,
  createBackup,
  getVncConsole,
  getSpiceConsole,
  getSerialConsole,
  rebuildServer,
  addSecurityGroup,
  removeSecurityGroup,
  addFixedIp,
  removeFixedIp,
  addFloatingIp,
  removeFloatingIp,
  evacuateServer,
];
