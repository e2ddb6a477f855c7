/**
 * Deletion of servers, permanent or soft, and of their volumes.
 */

import { release } from '../../block-storage/attaching.ts';
import { deleteVolumeSoon } from '../../block-storage/deletion.ts';
import type { Cloud } from '../../cloud.ts';
import { bodiless, type SimResponse } from '../../kernel/http.ts';
import { finishEvent, startAction, startEvent } from '../action-log.ts';
import type { ComputeCall } from '../call.ts';
import { lockRefusal, permittedServer } from '../lookup.ts';
import type { Server } from '../state.ts';
import { power } from './transitions.ts';

export function deleteServer(call: ComputeCall): SimResponse {
  const server = permittedServer(call, 'servers:delete');
  const refusal = lockRefusal(call, server);
  if (refusal) throw refusal;
  const soft = call.cloud.settings.reclaimInstanceInterval > 0 && server.launchedAt !== null;
  if (soft) deleteSoftly(call, server);
  else deletePermanently(call, server);
  return bodiless(204);
}

export function deletePermanently(call: ComputeCall, server: Server): void {
  if (server.taskState === 'deleting') return;
  const { cloud } = call;
  server.taskState = 'deleting';
  server.updatedAt = cloud.now();
  const action = startAction(call, server, 'delete');
  const event = startEvent(action, 'compute_terminate_instance', server, cloud.now());
  cloud.schedule.after(cloud.behaviour.compute.servers.delays.delete, () => {
    finishEvent(action, event, 'Success', cloud.now());
    remove(cloud, server);
  });
}

function deleteSoftly(call: ComputeCall, server: Server): void {
  if (server.taskState === 'soft-deleting' || server.taskState === 'deleting') return;
  const { cloud } = call;
  server.taskState = 'soft-deleting';
  const action = startAction(call, server, 'delete');
  const event = startEvent(action, 'compute_soft_delete_instance', server, cloud.now());
  cloud.schedule.after(cloud.behaviour.compute.servers.delays.delete, () => {
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
  cloud.compute.servers.delete(server.id);
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
