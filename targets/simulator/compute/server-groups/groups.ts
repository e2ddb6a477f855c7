/**
 * Server groups and their members.
 */

import { isObject, type Json, textMember } from '../../kernel/http.ts';
import { badRequest, forbidden } from '../../kernel/refusal.ts';
import { storePer } from '../../kernel/store.ts';
import type { Caller } from '../../identity/caller.ts';
import type { ComputeCall } from '../call.ts';
import type { ComputeState, Server } from '../state.ts';

export interface ServerGroup {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly userId: string;
  readonly policy: string;
  /** Servers of a group with the policy `anti-affinity` that one host may have; one when undefined. */
  readonly maxServerPerHost: number | undefined;
  /** In the order in which they were created; deleted ones remain. */
  readonly members: string[];
}

export const serverGroups = storePer<ComputeState, ServerGroup>();

export function seesGroup({ roles, projectId }: Caller, group: ServerGroup): boolean {
  return roles.has('admin') || group.projectId === projectId;
}

/** Databases ignore the case of ids. */
export function hasId({ id }: ServerGroup, text: string): boolean {
  return id === text.toLowerCase();
}

export function groupsOfProject(compute: ComputeState, projectId: string | undefined): readonly ServerGroup[] {
  return [...serverGroups(compute)].filter((group) => group.projectId === projectId);
}

/** The members that exist. */
export function membersOf({ cloud }: ComputeCall, { members }: ServerGroup): readonly string[] {
  return members.filter((id) => {
    const server = cloud.compute.servers.get(id);
    return server !== undefined && server.vmState !== 'soft-delete';
  });
}

/** The group that a server was created in, if any. */
export function groupWith(compute: ComputeState, { id }: Pick<Server, 'id'>): ServerGroup | undefined {
  return [...serverGroups(compute)].find(({ members }) => members.includes(id));
}

export function groupsOf(compute: ComputeState, { id }: Server): readonly string[] {
  return [...serverGroups(compute)].filter(({ members }) => members.includes(id)).map((group) => group.id);
}

/**
 * The group that the scheduler hints of a new server name, if any.
 * @throws Refusal for a group that the caller cannot see, or that is full.
 */
export function hintedGroup(call: ComputeCall, hints: Json | undefined): ServerGroup | undefined {
  const id = isObject(hints) ? textMember(hints, 'group') : undefined;
  if (id === undefined) return undefined;
  const { cloud, caller } = call;
  const group = [...serverGroups(cloud.compute)].find((one) => hasId(one, id) && seesGroup(caller, one));
  if (!group) throw badRequest(`Instance group ${id} could not be found.`);
  const limit = cloud.settings.quotas.serverGroupMembers;
  if (limit >= 0 && membersOf(call, group).length + 1 > limit) {
    throw forbidden('Quota exceeded, too many servers in group');
  }
  return group;
}
