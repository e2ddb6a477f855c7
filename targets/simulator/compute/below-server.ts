/**
 * What the declarations of the resources of a server share.
 */

import type { PolicyUse, Subject } from '../kernel/endpoint.ts';
import type { ComputeCall } from './call.ts';
import { type OnServer, projectOfServer, server } from './on-server.ts';
import type { Server } from './state.ts';

export const collectionOf = (name: string): string => `/servers/:server_id/${name}`;

export const ofServer = { server };

export function policyOn(rule: string): PolicyUse<Subject<ComputeCall, OnServer>> {
  return { rule, project: projectOfServer };
}

export function foundServer({ found }: Subject<ComputeCall, OnServer>): Server | undefined {
  return found.server;
}
