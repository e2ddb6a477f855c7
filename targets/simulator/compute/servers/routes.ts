/**
 * The operations on servers themselves.
 */

import type { Route } from '../../kernel/router.ts';
import type { ComputeHandle } from '../call.ts';
import { createServer } from './create.ts';
import { deleteServer } from './deletion.ts';
import { listServers, listServersInDetail, showServer, updateServer } from './read.ts';
import { actionOperation } from './action-operations.ts';
import { runAction } from './run-action.ts';

const one = '/servers/:server_id';

export const serverRoutes: readonly Route<ComputeHandle>[] = [
  { operation: 'compute/list-servers', method: 'GET', path: '/servers', handle: { answer: listServers } },
  { operation: 'compute/create-server', method: 'POST', path: '/servers', handle: { answer: createServer } },
  {
    operation: 'compute/list-servers-detailed',
    method: 'GET',
    path: '/servers/detail',
    handle: { answer: listServersInDetail },
  },
  { operation: 'compute/show-server-details', method: 'GET', path: one, handle: { answer: showServer } },
  { operation: 'compute/update-server', method: 'PUT', path: one, handle: { answer: updateServer } },
  { operation: 'compute/delete-server', method: 'DELETE', path: one, handle: { answer: deleteServer } },
  { operation: actionOperation, method: 'POST', path: `${one}/action`, handle: { answer: runAction } },
];
