/**
 * Detach a volume: by the host in the background, or at once if the server has no host.
 */

import { beginDetaching, release, setStatus } from '../../block-storage/attaching.ts';
import { deleteVolumeSoon } from '../../block-storage/deletion.ts';
import type { Volume } from '../../block-storage/state.ts';
import { pass } from '../../kernel/checks.ts';
import { bodiless, type SimResponse } from '../../kernel/http.ts';
import { UnexpectedError } from '../../kernel/refusal.ts';
import { finishEvent, logInstant, startAction, startEvent } from '../action-log.ts';
import type { ComputeCall } from '../call.ts';
import { mappingsOf } from '../lookup.ts';
import type { Mapping, Server } from '../state.ts';
import { detachChecks } from './detach-checks.ts';
import { pathSubject } from './subject.ts';

export function detachVolume(call: ComputeCall): SimResponse {
  const { order, success } = call.cloud.behaviour.compute.attachments;
  const subject = pathSubject(call, 'detach', undefined);
  pass(order.detach, detachChecks, subject);
  const { server, volume, mapping } = subject;
  if (!server || !volume) throw new UnexpectedError('builtins.AttributeError');
  const holder = call.cloud.compute.servers.get(mapping?.serverId ?? '');
  // Under rules without the check for an attachment, there may be none to remove.
  if (!mapping || holder?.mappings.includes(mapping) !== true) return bodiless(success.detach);
  if (holder.vmState === 'shelved_offloaded') detachOffloaded(call, holder, volume, mapping);
  else detachFromHost(call, holder, volume, mapping);
  return bodiless(success.detach);
}

function detachFromHost(call: ComputeCall, server: Server, volume: Volume, mapping: Mapping): void {
  const { cloud } = call;
  const { delays, detaching } = cloud.behaviour.compute.attachments;
  beginDetaching(cloud, volume);
  const action = startAction(call, server, 'detach_volume');
  const event = startEvent(action, 'compute_detach_volume', server, cloud.now());
  cloud.schedule.after(delays.disconnect, () => {
    if (detaching.releases) disconnect(call, volume, mapping);
    // Nova removes the attachment shortly after the volume service.
    cloud.schedule.after(delays.forget, () => {
      forget(call, server, mapping);
      finishEvent(action, event, 'Success', cloud.now());
    });
  });
}

function disconnect(call: ComputeCall, volume: Volume, mapping: Mapping): void {
  const { cloud } = call;
  const { detachesEverywhere, lateDetach } = cloud.behaviour.compute.attachments;
  const id = mapping.attachmentId ?? '';
  if (lateDetach !== 'nothing' && !cloud.blockStorage.attachments.has(id)) setStatus(cloud, volume, lateDetach);
  release(cloud, id);
  if (!detachesEverywhere) return;
  for (const other of mappingsOf(call, volume.id)) release(cloud, other.attachmentId ?? '');
}

function detachOffloaded(call: ComputeCall, server: Server, volume: Volume, mapping: Mapping): void {
  const { cloud } = call;
  const { detaching, quirks } = cloud.behaviour.compute.attachments;
  if (detaching.releases) release(cloud, mapping.attachmentId ?? '');
  if (quirks.offloadedDetachDeletes && mapping.deleteOnTermination) deleteVolumeSoon(cloud, volume);
  forget(call, server, mapping);
  logInstant(call, server, 'detach_volume', 'api_detach_volume');
}

function forget({ cloud }: ComputeCall, server: Server, mapping: Mapping): void {
  if (!cloud.behaviour.compute.attachments.detaching.forgets) {
    mapping.attachmentId = null;
    return;
  }
  const index = server.mappings.indexOf(mapping);
  if (index >= 0) cloud.compute.formerMappings.push(...server.mappings.splice(index, 1));
}
