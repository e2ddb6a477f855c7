/**
 * What the endpoints below `/servers/{server_id}` have in common: how they find the server, and their checks of it.
 */

import type { Lookup, States, Subject } from '../kernel/endpoint.ts';
import { conflict, type Refusal } from '../kernel/refusal.ts';
import type { ComputeCall } from './call.ts';
import { lockRefusal, serverNotFound, stateRefusal } from './lookup.ts';
import type { Server, TaskState, VmState } from './state.ts';

export type Of<Found> = Subject<ComputeCall, Found>;

export interface OnServer {
  readonly server: Server | undefined;
}

/** Databases ignore the case of ids. */
export const server: Lookup<ComputeCall, Server> = {
  noun: 'a server',
  id: ({ params }) => params.server_id ?? '',
  matches: ({ id }, text) => id === text.toLowerCase(),
  rows: ({ cloud }) => cloud.compute.servers.values(),
  removed: ({ cloud }) => [...cloud.compute.deletedServers.values()].reverse(),
  sees: ({ cloud, caller }, found) => cloud.behaviour.compute.sees(caller, found),
};

export function projectOfServer({ found }: { readonly found: OnServer }): string | undefined {
  return found.server?.projectId;
}

export function unknownServer({ call, found }: Of<OnServer>): Refusal | undefined {
  return found.server ? undefined : serverNotFound(call);
}

export function locked({ call, found }: Of<OnServer>): Refusal | undefined {
  return found.server && lockRefusal(call, found.server);
}

/** The states of a server between its tasks. */
const settled: readonly VmState[] = [
  'active',
  'paused',
  'stopped',
  'resized',
  'soft-delete',
  'shelved',
  'shelved_offloaded',
  'suspended',
  'rescued',
  'error',
];

const ofServer: Pick<States<ComputeCall>, 'of' | 'locked'> = {
  of: (call) => serverOf(call)?.vmState,
  locked: (call) => (serverOf(call)?.lockedBy ?? null) !== null,
};

function serverOf({ cloud, params }: ComputeCall): Server | undefined {
  return cloud.compute.servers.get((params.server_id ?? '').toLowerCase());
}

/** Refuses all other states. */
export function permitting(...permitted: readonly VmState[]): States<ComputeCall> {
  return { ...ofServer, permitted, refused: settled.filter((state) => !permitted.includes(state)) };
}

/** No state prevents the operation. */
export const anyState: States<ComputeCall> = permitting(...settled);

/** Refuses other states than the permitted ones, other tasks, and a server that never ran. */
export function wrongState(
  method: string,
  taskStates: readonly (TaskState | null)[] | 'any' = [null],
): (subject: Of<OnServer>) => Refusal | undefined {
  return ({ rules: { states }, found }) =>
    found.server &&
    stateRefusal(found.server, { method, vmStates: states?.permitted ?? [], taskStates, launched: true });
}

/** Refuses a server that has no host. */
export function hostless({ found }: Of<OnServer>): Refusal | undefined {
  return found.server?.host === null ? conflict(`Instance ${found.server.id} is not ready`) : undefined;
}
