/**
 * Deletion of servers, permanent or soft, and of their volumes.
 */

import { release } from '../../block-storage/attaching.ts';
import { deleteVolumeSoon } from '../../block-storage/deletion.ts';
import type { Cloud } from '../../cloud.ts';
import { finishEvent, startAction, startEvent } from '../action-log.ts';
import type { ComputeCall } from '../call.ts';
import { dissociateAll } from '../floating-ips/floating-ips.ts';
import { removePorts } from '../networks/networks.ts';
import { power } from '../server-actions/transition.ts';
import type { Server } from '../state.ts';

/** Whether a deleted server can be restored for some time. */
export function isDeletedSoftly({ cloud }: ComputeCall, server: Server): boolean {
  return cloud.settings.reclaimInstanceInterval > 0 && server.launchedAt !== null && server.vmState !== 'soft-delete';
}

/** `steps`: those until the host has removed it. */
export function deletePermanently(call: ComputeCall, server: Server, steps: number): void {
  if (server.taskState === 'deleting') return;
  const { cloud } = call;
  server.taskState = 'deleting';
  server.updatedAt = cloud.now();
  const action = startAction(call, server, 'delete');
  const event = startEvent(action, 'compute_terminate_instance', server, cloud.now());
  cloud.schedule.after(steps, () => {
    finishEvent(action, event, 'Success', cloud.now());
    remove(cloud, server);
  });
}

export function deleteSoftly(call: ComputeCall, server: Server, steps: number): void {
  if (server.taskState === 'soft-deleting' || server.taskState === 'deleting') return;
  const { cloud } = call;
  server.taskState = 'soft-deleting';
  const action = startAction(call, server, 'delete');
  const event = startEvent(action, 'compute_soft_delete_instance', server, cloud.now());
  cloud.schedule.after(steps, () => {
    if (server.taskState !== 'soft-deleting') return;
    server.taskState = null;
    server.vmState = 'soft-delete';
    server.powerState = power.off;
    server.updatedAt = cloud.now();
    finishEvent(action, event, 'Success', cloud.now());
    cloud.schedule.afterMilliseconds(cloud.settings.reclaimInstanceInterval * 1000, () => {
      if (server.vmState === 'soft-delete') remove(cloud, server);
    });
  });
}

function remove(cloud: Cloud, server: Server): void {
  server.vmState = 'deleted';
  server.taskState = null;
  server.terminatedAt = cloud.now();
  server.updatedAt = cloud.now();
  cloud.compute.servers.delete(server.id);
  removePorts({ cloud }, server);
  dissociateAll({ cloud }, server);
  cloud.compute.deletedServers.set(server.id, server);
  const { deletes, releases } = cloud.behaviour.compute.servers.termination;
  const former = server.mappings.splice(0);
  cloud.compute.formerMappings.push(...former);
  for (const mapping of former) {
    if (mapping.volumeId === null) continue;
    if (releases && mapping.attachmentId !== null) release(cloud, mapping.attachmentId);
    const volume = cloud.blockStorage.volumes.get(mapping.volumeId);
    if (volume && deletes(mapping)) deleteVolumeSoon(cloud, volume);
  }
}
