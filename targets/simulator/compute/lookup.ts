/**
 * Finds the resources of a path and checks their state.
 */

import type { Volume } from '../block-storage/state.ts';
import { conflict, notFound, type Refusal } from '../kernel/refusal.ts';
import type { ComputeCall } from './call.ts';
import type { Mapping, Server, TaskState } from './state.ts';

/** The server, if it exists and the caller can see it. Databases ignore the case of ids. */
export function visibleServer({
  cloud,
  caller,
  params,
}: Pick<ComputeCall, 'cloud' | 'caller' | 'params'>): Server | undefined {
  const server = cloud.compute.servers.get((params.server_id ?? '').toLowerCase());
  return server && cloud.behaviour.compute.sees(caller, server) ? server : undefined;
}

export function serverNotFound({ params }: Pick<ComputeCall, 'params'>): Refusal {
  return notFound(`Instance ${params.server_id ?? ''} could not be found.`);
}

/** The volume, if it exists and the caller can see it. Databases ignore the case of ids. */
export function visibleVolume({ cloud, caller }: ComputeCall, id: string): Volume | undefined {
  const volume = cloud.blockStorage.volumes.get(id.toLowerCase());
  return volume && cloud.behaviour.blockStorage.sees(caller, volume) ? volume : undefined;
}

/** All mappings of a volume, on any server. */
export function mappingsOf({ cloud }: ComputeCall, volumeId: string): readonly Mapping[] {
  return [...cloud.compute.servers.values()].flatMap(({ mappings }) =>
    mappings.filter((one) => one.volumeId === volumeId),
  );
}

export function lockRefusal({ caller }: ComputeCall, server: Server): Refusal | undefined {
  const isBlocked = server.lockedBy !== null && !caller.roles.has('admin');
  return isBlocked ? conflict(`Instance ${server.id} is locked`) : undefined;
}

export interface StateRule {
  /** The operation as messages name it. */
  readonly method: string;
  readonly vmStates: readonly string[] | 'any';
  readonly taskStates: readonly (TaskState | null)[] | 'any';
  /** Whether a server that never ran is refused too. */
  readonly launched: boolean;
}

export function stateRefusal(server: Server, rule: StateRule): Refusal | undefined {
  const { id, vmState, taskState } = server;
  if (rule.vmStates !== 'any' && !rule.vmStates.includes(vmState)) return wrongVmState(server, rule.method);
  if (rule.taskStates !== 'any' && !rule.taskStates.includes(taskState)) {
    return conflict(`Cannot '${rule.method}' instance ${id} while it is in task_state ${taskState ?? 'None'}`);
  }
  if (rule.launched && !server.launchedAt) {
    return conflict(`Instance ${id} is in an invalid state for '${rule.method}'`);
  }
  return undefined;
}

export function wrongVmState({ id, vmState }: Server, method: string): Refusal {
  return conflict(`Cannot '${method}' instance ${id} while it is in vm_state ${vmState}`);
}
